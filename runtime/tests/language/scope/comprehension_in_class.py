"""A comprehension in a class body sees the first iterable's names of the class only."""

size = 2


class Table:
    size = 3
    cells = [n for n in range(size)]
    sizes = [size for n in range(size)]


print(Table.cells, Table.sizes)


def local():
    limit = 5

    class Inner:
        limit = 1
        found = [limit for _ in range(limit)]

    return Inner.found


print(local())
