"""return from loops, branches, try and with, and without a value."""


def find(items, wanted):
    for i, item in enumerate(items):
        for c in item:
            if c == wanted:
                return i, item
    else:
        return "else"


def nothing(flag):
    if flag:
        return
    while True:
        try:
            return "try"
        finally:
            if flag is None:
                return "finally"


def many(n):
    if n == 0:
        return 0, 1
    elif n == 1:
        return [n]
    return


def last(items):
    for item in items:
        continue
    return item


print(find(["ab", "cd"], "c"), find(["ab"], "z"), nothing(True), nothing(False), nothing(None), many(0), many(1), many(2), last("xyz"))
try:
    last([])
except UnboundLocalError as error:
    print(error)
