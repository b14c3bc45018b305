"""Expressions, conversions, formats and nesting in f-strings."""

name, n, x, items = "World", 42, 3.14159, [1, "a"]
print(f"Hello {name}!", f"{n}", f"", f"{n}{x}", f"plain")
print(f"{x:.2f}|{x:8.3f}|{x:<8.1f}|{x:>+8.1f}|{x:e}|{n:5d}|{n:<5}|{n:^6}|{n:05}|{n:x}|{n:#x}|{n:b}|{n:,}")
print(f"{name!r} {name!s:>8} {name!a} {items} {items!r:>12}")
width, places = 10, 3
print(f"{x:{width}.{places}f}|{name:{width}}|{name:*^{width}}|{n:{0}{5}}")
print(f"{{}} {{{n}}}", f"{n=} {n + 1 = } {name=!s} {x=:.1f}")
print(f"{'nested ' + f'{n:>{width}}'}", f"{[i * 2 for i in range(3)]}", f"{(lambda v: v + 1)(n)}")
print(f"{n if n > 5 else 0} {n > 5} {not n} {items[1]} {items[0]:>3}", f"{ {'a': 1}['a'] }")
print("a" f"{n}" "b" f"{n}" f"c")
print(f"""{n}
{name}""")
print(f"{1000000:,} {1234567.891:,.2f} {0.5:%} {True} {None} {'é':>3} {1e20} {-5:+d} {5:+d}")
