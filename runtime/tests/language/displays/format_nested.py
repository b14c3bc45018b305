"""Widths, precisions and fills that are expressions themselves."""

width, places, fill = 8, 2, "*"
value = 3.14159
print(f"{value:{width}}|{value:{width}.{places}f}|{value:.{places}f}|{'a':{fill}^{width}}|{'b':{fill}<{width - 3}}|{5:0{width}}")
for w in range(3, 7):
    print(f"{'x':>{w}}{'y':<{w}}|{w:{w}d}|{w * 1.5:{w}.{w - 3}f}")
spec = ">6"
print(f"{'s':{spec}}", f"{7:{spec}}", f"{7:{'+' + 'd'}}", f"{[1, 2][0]:{3}}", format(value, f".{places}f"))
rows = [("apple", 3, 1.25), ("fig", 12, 0.5)]
for name, count, price in rows:
    print(f"{name:<8}{count:>4}{price:>8.2f}{count * price:>9.2f}")
print(f"{{}}{{{width}}}{{{{", f"{'{'}{'}'}", f"{width}{places}{fill}", f"{width=} {places = }")
