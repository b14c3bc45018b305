"""Grouping, counting and inverting with dicts."""

words = "apple avocado banana blueberry cherry apricot cranberry".split()
groups = {}
for word in words:
    groups.setdefault(word[0], []).append(word)
print(groups)
counts = {}
for c in "mississippi":
    counts[c] = counts.get(c, 0) + 1
print(counts, sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
inverse = {}
for k, v in counts.items():
    inverse.setdefault(v, set()).add(k)
print({k: sorted(v) for k, v in sorted(inverse.items())})
graph = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
order = []
seen = set()


def visit(node):
    if node not in seen:
        seen.add(node)
        for other in graph[node]:
            visit(other)
        order.insert(0, node)


visit("a")
print(order)
memo = {}


def fib(n):
    if n not in memo:
        memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]


print(fib(90))
