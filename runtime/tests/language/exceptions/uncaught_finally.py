"""finally runs before the program ends by an exception."""


def work():
    try:
        print("working")
        raise RuntimeError("broken")
    finally:
        print("tidying")


try:
    work()
finally:
    print("last words")
