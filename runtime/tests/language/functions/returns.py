"""What functions give back, from wherever in them."""


def nothing():
    pass


def bare():
    return


def early(items):
    for i in items:
        while True:
            if i > 1:
                return i
            break
    return "none"


def several():
    return 1, "two", [3]


print(nothing(), bare(), early([0, 1, 2, 3]), early([]))
a, b, c = several()
print(a, b, c, several()[1])
print((lambda: None)(), (lambda a, b=2: (a, b))(1))


def after():
    return "returned"
    print("never")


print(after())
