"""Format specs of integers."""

n, big = 1234567, 10**20
print(f"{n:d}|{n:10d}|{n:<10d}|{n:^11d}|{n:>10d}|{n:=+12d}|{n:010d}|{n:+d}|{n: d}|{-n: d}")
print(f"{n:,}|{n:_}|{n:12,}|{-n:,}|{big:,}|{big:_d}|{n:015,d}")
print(f"{n:x}|{n:X}|{n:o}|{n:b}|{n:#x}|{n:#X}|{n:#o}|{n:#b}|{n:#012x}|{-n:#x}|{n:_x}|{n:_b}")
print(f"{65:c}|{233:c}|{65:3c}|{n:e}|{n:.2f}|{n:g}|{n:.3%}|{0:5}|{-0:+}")
print(f"{n:*<12}|{n:*>12}|{n:*^12}|{n:0>12}|{-5:*=6}|{-5:06}|{5:<06}|{big:>25}")
for spec in ("z", ".2d", "5s", ",x", "+c", "s"):
    try:
        print(format(5, spec))
    except ValueError as error:
        print(error)
