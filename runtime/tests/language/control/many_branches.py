"""A long chain of conditions."""


def roman(n):
    out = ""
    while n > 0:
        if n >= 1000:
            out, n = out + "M", n - 1000
        elif n >= 900:
            out, n = out + "CM", n - 900
        elif n >= 500:
            out, n = out + "D", n - 500
        elif n >= 400:
            out, n = out + "CD", n - 400
        elif n >= 100:
            out, n = out + "C", n - 100
        elif n >= 90:
            out, n = out + "XC", n - 90
        elif n >= 50:
            out, n = out + "L", n - 50
        elif n >= 40:
            out, n = out + "XL", n - 40
        elif n >= 10:
            out, n = out + "X", n - 10
        elif n >= 9:
            out, n = out + "IX", n - 9
        elif n >= 5:
            out, n = out + "V", n - 5
        elif n >= 4:
            out, n = out + "IV", n - 4
        else:
            out, n = out + "I", n - 1
    return out


print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2026, 3999)])
