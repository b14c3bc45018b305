"""Lines repeated more than three times are counted."""


def deep(n):
    if n == 0:
        return [][0]
    return deep(n - 1)


deep(50)
