"""Errors in entering, in binding, in leaving."""


class Manager:
    def __init__(self, where):
        self.where = where

    def __enter__(self):
        if self.where == "enter":
            raise ValueError("enter")
        return (1, 2)

    def __exit__(self, kind, error, traceback):
        print("exit", kind.__name__ if kind else None, end=" ")
        if self.where == "exit":
            raise KeyError("exit")
        return self.where == "swallow"


def attempt(where):
    try:
        with Manager(where) as (a, b):
            if where == "body":
                raise IndexError("body")
            if where == "unpack":
                a, b, c = (1, 2)
        return "fine"
    except Exception as error:
        return repr(error)


for where in ("none", "enter", "exit", "body", "unpack", "swallow"):
    print(attempt(where))


def wrong_target():
    with Manager("swallow") as (a, b, c):
        print("never")
    return "swallowed"


print(wrong_target())
try:
    with 5:
        pass
except (TypeError, AttributeError):
    print("no manager")
