"""Building text by hand."""

rows = [("name", "qty", "price"), ("apple", 3, 1.5), ("kiwi", 12, 0.25), ("melon", 1, 3.999)]
widths = [max([len(str(row[i])) for row in rows]) for i in range(3)]
for number, row in enumerate(rows):
    line = ""
    for width, cell in zip(widths, row):
        line += f"{cell:>{width}} " if isinstance(cell, (int, float)) else f"{cell:<{width}} "
    print(line.rstrip())
    if number == 0:
        print("-" * (sum(widths) + 2))
total = 0.0
for name, quantity, price in rows[1:]:
    total += quantity * price
print(f"total {total:.3f}")
