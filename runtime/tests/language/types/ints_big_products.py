"""Products beyond the machine's ints."""

fact = 1
for i in range(1, 41):
    fact *= i
print(fact)
a = 10**40 + 7
b = -(10**25) - 9
print(a * b, b * a, a * a, b * b, a * 0, 0 * b, a * 1, a * -1)
print(2**61 * 2, 2**60 * -4, 2**31 * 2**31)
fib = [0, 1]
while len(fib) < 150:
    fib.append(fib[-1] + fib[-2])
print(fib[99], fib[149])
print(3**200 * 7**100 == 7**100 * 3**200)
large = 7**3000
print(large * large % 1000000007, (large * large) // large == large)
