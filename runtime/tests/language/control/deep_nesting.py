"""Ways out of many nested blocks."""


def search(grid, wanted):
    steps = 0
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            try:
                while True:
                    steps += 1
                    if cell is None:
                        break
                    if cell == wanted:
                        return x, y, steps
                    if cell < 0:
                        raise ValueError(cell)
                    cell -= 1
                    if cell % 2:
                        continue
                    if cell > 100:
                        break
            except ValueError as error:
                steps += 100
                continue
            finally:
                steps += 1000
        else:
            steps += 10000
    return steps


print(search([[1, None], [3, 200]], -5), search([[9]], 9), search([[9]], 4), search([], 0))
if True:
    if True:
        for _ in range(1):
            while True:
                with_value = [n for n in range(3)]
                if with_value:
                    try:
                        break
                    finally:
                        print("left")
print(with_value)
