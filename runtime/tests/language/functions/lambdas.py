"""Lambdas: arguments, nesting, closures, as keys and in containers."""

double = lambda v: v * 2
add = lambda a, b=10: a + b
print(double(4), add(1), add(1, 2), add(b=3, a=4), (lambda: "nothing")(), (lambda x: lambda y: x * y)(3)(4))
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
print([table[op](7, 3) for op in "+-"], sorted([3, -5, 1], key=lambda v: abs(v)), max(["aa", "b"], key=lambda s: len(s)))
compose = lambda f, g: lambda x: f(g(x))
print(compose(double, add)(5), compose(str, double)(21) + "!", list(map(lambda p: p[0] + p[1], [(1, 2), (3, 4)])))
print((lambda v: "big" if v > 10 else "small")(11), (lambda: [i for i in range(3)])(), double.__name__)
fact = lambda n: 1 if n == 0 else n * fact(n - 1)
print(fact(10), list(filter(lambda v: v % 2, range(6))), (lambda a: (a := a + 1) * a)(2))
