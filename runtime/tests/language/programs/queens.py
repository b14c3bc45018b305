"""Eight queens, by backtracking."""


def solve(n):
    solutions = []
    columns, up, down = set(), set(), set()
    placed = []

    def place(row):
        if row == n:
            solutions.append(placed[:])
            return
        for column in range(n):
            if column in columns or row + column in up or row - column in down:
                continue
            columns.add(column)
            up.add(row + column)
            down.add(row - column)
            placed.append(column)
            place(row + 1)
            placed.pop()
            columns.remove(column)
            up.remove(row + column)
            down.remove(row - column)

    place(0)
    return solutions


print([len(solve(n)) for n in range(1, 7)], solve(6)[0])
