"""bin, oct, hex and objects that stand for ints."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


class Number:
    def __int__(self):
        return 7

    def __float__(self):
        return 7.5


print(bin(10), oct(10), hex(10), bin(-10), hex(-255), bin(0), hex(2**100), bin(True), hex(Index(255)), oct(Index(8)))
print([10, 20, 30][Index(1)], "abc"[Index(2)], [1] * Index(3), Index(2) * "ab", list(range(Index(3))), int(Number()), float(Number()), int(Index(5)), chr(Index(97)), [1, 2, 3][Index(1) :])
attempt(lambda: bin(1.5))
attempt(lambda: hex("a"))
attempt(lambda: oct(None))
attempt(lambda: [1][Number()])
attempt(lambda: int(object()))
attempt(lambda: float(object()))
attempt(lambda: range(Number()))
