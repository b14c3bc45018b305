"""Exceptions pass through functions, and handlers further out see them."""


def level(n):
    if n == 0:
        raise ValueError("deep")
    try:
        level(n - 1)
    except KeyError:
        print("never")
    finally:
        print("leave", n, end=" ")


try:
    level(4)
except ValueError as error:
    print(error)


def swallow(n):
    try:
        level(n)
    except ValueError:
        return "swallowed"


print(swallow(2))
results = []
for i in range(5):
    try:
        results.append(10 // (i - 2))
    except ZeroDivisionError:
        results.append("zero")
print(results)
