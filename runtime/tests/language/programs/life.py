"""Game of life on a dict of cells."""


def step(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = (x + dx, y + dy)
                    counts[key] = counts.get(key, 0) + 1
    return {key: True for key, n in counts.items() if n == 3 or n == 2 and key in cells}


def show(cells, size):
    for y in range(size):
        print("".join(["#" if (x, y) in cells else "." for x in range(size)]))


cells = {(1, 0): True, (2, 1): True, (0, 2): True, (1, 2): True, (2, 2): True}
for generation in range(4):
    cells = step(cells)
show(cells, 6)
print(len(cells), sorted(cells))
