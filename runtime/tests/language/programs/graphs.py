"""Ways through graphs: breadth first, depth first, shortest, connected, sorted by what comes before."""

EDGES = [("a", "b", 4), ("a", "c", 1), ("c", "b", 2), ("b", "d", 5), ("c", "d", 8), ("d", "e", 3), ("f", "g", 1)]


def neighbours(edges, both=True):
    table = {}
    for start, end, length in edges:
        table.setdefault(start, {})[end] = length
        table.setdefault(end, {})
        if both:
            table[end][start] = length
    return table


def breadth_first(table, start):
    seen, queue = {start: None}, [start]
    while queue:
        node = queue.pop(0)
        for other in sorted(table[node]):
            if other not in seen:
                seen[other] = node
                queue.append(other)
    return seen


def depth_first(table, node, seen=None):
    seen = set() if seen is None else seen
    seen.add(node)
    order = [node]
    for other in sorted(table[node]):
        if other not in seen:
            order += depth_first(table, other, seen)
    return order


def shortest(table, start):
    distances, todo = {start: 0}, {start}
    while todo:
        node = min(todo, key=lambda n: (distances[n], n))
        todo.remove(node)
        for other, length in table[node].items():
            if distances[node] + length < distances.get(other, float("inf")):
                distances[other] = distances[node] + length
                todo.add(other)
    return distances


def components(table):
    left, found = set(table), []
    while left:
        part = set(depth_first(table, min(left)))
        found.append(sorted(part))
        left -= part
    return found


def topological(table):
    order, state = [], {}

    def visit(node, path):
        if state.get(node) == "done":
            return
        if node in path:
            raise ValueError(" -> ".join(path + [node]))
        for other in sorted(table[node], reverse=True):
            visit(other, path + [node])
        state[node] = "done"
        order.insert(0, node)

    for node in sorted(table, reverse=True):
        visit(node, [])
    return order


graph = neighbours(EDGES)
print(breadth_first(graph, "a"))
print(depth_first(graph, "a"), depth_first(graph, "g"))
print(sorted(shortest(graph, "a").items()), shortest(graph, "f"))
print(components(graph))
print(topological(neighbours(EDGES, both=False)))
try:
    topological(neighbours(EDGES + [("e", "a", 1)], both=False))
except ValueError as error:
    print("cycle", error)
