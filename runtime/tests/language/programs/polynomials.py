"""Polynomials and matrices over the integers, exact and large."""


class Polynomial:
    __slots__ = ("coefficients",)

    def __init__(self, coefficients):
        while coefficients and coefficients[-1] == 0:
            coefficients = coefficients[:-1]
        self.coefficients = list(coefficients)

    def __call__(self, x):
        value = 0
        for c in reversed(self.coefficients):
            value = value * x + c
        return value

    def __add__(self, other):
        n = max(len(self.coefficients), len(other.coefficients))
        return Polynomial([self[i] + other[i] for i in range(n)])

    def __mul__(self, other):
        if isinstance(other, int):
            return Polynomial([c * other for c in self.coefficients])
        result = [0] * (len(self.coefficients) + len(other.coefficients))
        for i, a in enumerate(self.coefficients):
            for j, b in enumerate(other.coefficients):
                result[i + j] += a * b
        return Polynomial(result)

    __rmul__ = __mul__

    def __pow__(self, n):
        result = Polynomial([1])
        for _ in range(n):
            result *= self
        return result

    def __getitem__(self, i):
        return self.coefficients[i] if i < len(self.coefficients) else 0

    def __eq__(self, other):
        return isinstance(other, Polynomial) and self.coefficients == other.coefficients

    def derived(self):
        return Polynomial([i * c for i, c in enumerate(self.coefficients)][1:])

    def __str__(self):
        terms = [f"{c:+d}" + ("" if i == 0 else "x" if i == 1 else f"x^{i}") for i, c in enumerate(self.coefficients) if c]
        return " ".join(reversed(terms)) or "0"


def product(a, b):
    return [[sum([a[i][k] * b[k][j] for k in range(len(b))]) for j in range(len(b[0]))] for i in range(len(a))]


def power(matrix, n):
    size = len(matrix)
    result = [[int(i == j) for j in range(size)] for i in range(size)]
    while n:
        if n & 1:
            result = product(result, matrix)
        matrix = product(matrix, matrix)
        n >>= 1
    return result


def determinant(m):
    if len(m) == 1:
        return m[0][0]
    return sum([(-1) ** j * m[0][j] * determinant([row[:j] + row[j + 1 :] for row in m[1:]]) for j in range(len(m))])


p, q = Polynomial([1, 1]), Polynomial([-1, 0, 2])
print(p, "|", q, "|", p + q, "|", p * q, "|", p**5, "|", 3 * q, "|", q.derived(), "|", Polynomial([0, 0]))
print(p(10), q(-3), (p**20)(1), (p**64).coefficients[32], (q**8)(10**6), p == Polynomial([1, 1, 0]), p == 1, p != q)
try:
    p.degree = 1
except AttributeError as error:
    print(error)
print(power([[1, 1], [1, 0]], 10), power([[1, 1], [1, 0]], 300)[0][1])
print(determinant([[2, -1, 0], [-1, 2, -1], [0, -1, 2]]), determinant([[10**12 + i * j for j in range(4)] for i in range(4)]))
print(determinant([[(i + 1) ** j for j in range(5)] for i in range(5)]))
factorial = 1
for n in range(1, 120):
    factorial *= n
print(factorial, str(factorial).count("0"), sum(int(d) for d in str(factorial)), factorial % 10**9 + 7, factorial.bit_length())
