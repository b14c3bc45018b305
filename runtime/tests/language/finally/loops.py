"""break and continue through finally."""


def f():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print("body", i, end=" ")
        finally:
            print("finally", i, end=" ")
    else:
        print("else", end=" ")
    return i


print(f())


def g():
    while True:
        try:
            break
        finally:
            print("left", end=" ")
    for i in range(3):
        try:
            raise ValueError(i)
        except ValueError:
            continue
        finally:
            print(i, end=" ")
    return "done"


print(g())


def break_in_finally():
    for i in range(3):
        try:
            raise ValueError("dropped")
        finally:
            break
    return i


def continue_in_finally():
    seen = []
    for i in range(3):
        try:
            seen.append(i)
            1 / 0
        finally:
            continue
    return seen


print(break_in_finally(), continue_in_finally())


def inner_loop():
    try:
        for i in range(3):
            if i == 1:
                break
        while i < 5:
            i += 1
            if i == 3:
                continue
    finally:
        print("once", end=" ")
    return i


print(inner_loop())
