"""Native methods as attributes of a class, and called on what they are not for."""


class Borrower:
    size = len
    upper = str.upper
    add = list.append

    def __init__(self):
        self.items = []


def attempt(action):
    try:
        print(action())
    except TypeError as error:
        print(error)


b = Borrower()
print(b.size([1, 2]), Borrower.upper("abc"), Borrower.add(b.items, 1), b.items)
attempt(lambda: b.upper())
attempt(lambda: b.add(1))
attempt(lambda: str.upper(5))
attempt(lambda: str.upper(b))
attempt(lambda: list.append((1, 2), 3))
attempt(lambda: dict.get([], 1))
attempt(lambda: int.bit_length(1.5))
print(list(map(str.strip, [" a ", "b "])), list(map(int.bit_length, [0, 1, 255])), sorted(["b", "A"], key=str.lower), int.bit_length(True))
attempt(lambda: list(map(str.strip, [1])))
