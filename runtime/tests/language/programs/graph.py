"""Shortest ways, components and an order of dependencies in small graphs."""

edges = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8, "e": 2}, "d": {"e": 7}, "e": {}, "x": {"y": 1}, "y": {}}


def shortest(start):
    distance = {start: 0}
    done = set()
    while True:
        open_nodes = [(d, n) for n, d in distance.items() if n not in done]
        if not open_nodes:
            return distance
        d, node = min(open_nodes)
        done.add(node)
        for neighbour, length in edges[node].items():
            if neighbour not in distance or d + length < distance[neighbour]:
                distance[neighbour] = d + length


def order():
    seen, out = set(), []

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        for neighbour in sorted(edges[node]):
            visit(neighbour)
        out.append(node)

    for node in sorted(edges):
        visit(node)
    return out[::-1]


def components():
    parent = {n: n for n in edges}

    def find(n):
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a in edges:
        for b in edges[a]:
            parent[find(a)] = find(b)
    groups = {}
    for n in edges:
        groups.setdefault(find(n), []).append(n)
    return sorted(groups.values())


print(shortest("a"), shortest("x"), order(), components(), sep="\n")
