"""Tables filled step by step: edit distance, common parts, knapsack, coins, ways, partitions."""


def edit_distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (x != y)))
        row = new
    return row[-1]


def common(a, b):
    table = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                table[i + 1][j + 1] = table[i][j] + a[i]
            else:
                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j], key=len)
    return table[-1][-1]


def knapsack(things, capacity):
    best = [(0, [])] * (capacity + 1)
    for name, weight, value in things:
        for room in range(capacity, weight - 1, -1):
            worth, taken = best[room - weight]
            if worth + value > best[room][0]:
                best[room] = (worth + value, taken + [name])
    return best[capacity]


def coins(amount, kinds):
    ways = [1] + [0] * amount
    for kind in kinds:
        for total in range(kind, amount + 1):
            ways[total] += ways[total - kind]
    return ways[amount]


def partitions(n, largest=None):
    largest = n if largest is None else largest
    if n == 0:
        return [[]]
    return [[k] + rest for k in range(min(n, largest), 0, -1) for rest in partitions(n - k, k)]


def permutations(items):
    if len(items) <= 1:
        return [items]
    return [[x] + rest for i, x in enumerate(items) for rest in permutations(items[:i] + items[i + 1 :])]


def subsets(items):
    return [[x for i, x in enumerate(items) if bits >> i & 1] for bits in range(1 << len(items))]


for a, b in (("kitten", "sitting"), ("", "abc"), ("flaw", "lawn"), ("same", "same"), ("größe", "grosse")):
    print(a, b, edit_distance(a, b), repr(common(a, b)))
print(knapsack([("a", 5, 10), ("b", 4, 40), ("c", 6, 30), ("d", 3, 50)], 10))
print(coins(100, [1, 2, 5, 10, 20, 50]), coins(1000, [1, 2, 5, 10, 20, 50, 100, 200, 500]))
print(len(partitions(12)), partitions(5))
print(len(permutations(list("abcde"))), permutations([1, 2, 3]), subsets("abc"))
pascal = [[1]]
for _ in range(40):
    pascal.append([a + b for a, b in zip([0] + pascal[-1], pascal[-1] + [0])])
print(pascal[5], max(pascal[40]), sum(pascal[40]) == 2**40)
