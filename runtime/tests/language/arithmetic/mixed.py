"""Expressions of many operators and the order they bind in."""

a, b, c, d = 7, 3, 2, 5
print(a + b * c - d // c, (a + b) * c, a - b - c, a**c**c, -a**c, (-a) ** c, 2 * a % b, a % b * 2)
print(a << c + 1, a & b | c ^ d, a < b + c, not a == b, a if b > c else d, a or b and c, (a or b) and c)
print(~a + b, -a // b, -(a // b), +-+a, a - -b, a * -b, not -a, a / b * b == a, a // b * b + a % b == a)
print(a and b and c and 0 or d, a > b > c < d, a < b or c < d, (a < b) + (c < d), [a, b][c > d], "x" * b + "y")


def polynomial(x, coefficients):
    value = 0
    for k in coefficients:
        value = value * x + k
    return value


print(polynomial(3, [1, -2, 0, 5]), polynomial(0.5, [2, 1]), [polynomial(x, [1, 1, 1]) for x in range(-2, 3)])
