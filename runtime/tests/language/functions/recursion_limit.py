"""Endless recursion is an error, and life goes on."""


def endless(n):
    return endless(n + 1) + 1


try:
    endless(0)
except RecursionError as error:
    print(str(error)[:32])


class Loop:
    def __repr__(self):
        return repr(self)


try:
    repr(Loop())
except RecursionError:
    print("caught")
print("goes on")
