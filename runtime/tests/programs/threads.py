# What test_vm.c has several threads run at once. threads.gba is its translation
# (python3 -m runtime.translate), so that the test needs no Python.
class Shape:
    made = 0

    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side


class Square(Shape):
    def __init__(self, side):
        super().__init__(side)
        self.kept = [side, 2.5 * side]

    def grow(self, by=1):
        self.side += by
        return self


shared = {}
common = Square(1)


def deep(n):
    if n == 0:
        raise ValueError(n)
    return deep(n - 1) + 1


def work(rounds):
    def counted():
        nonlocal total
        total += 1
        return total

    total = 0
    areas = 0
    for i in range(rounds):
        square = Square(i)
        areas += square.grow(by=2).area()
        square.late = i
        common.side = i
        common.extra = square
        shared[i % 7] = [i, square]
        Shape.made += 1
        counted()
        try:
            deep(3)
        except ValueError as error:
            square.error = error
    return total, areas


