"""What operators and builtins call."""


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

    def __eq__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return self.x == other.x and self.y == other.y

    def __hash__(self):
        return hash((self.x, self.y))

    def __lt__(self, other):
        return self.x < other.x

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return [self.x, self.y][i]

    def __setitem__(self, i, value):
        if i == 0:
            self.x = value
        else:
            self.y = value

    def __contains__(self, value):
        return value in (self.x, self.y)

    def __call__(self, n):
        return self.x * n

    def __bool__(self):
        return self.x != 0

    def __iter__(self):
        return iter([self.x, self.y])


v, w = Vector(1, 2), Vector(0, 5)
print(v, [v], str(v), f"{w}")
print(v == Vector(1, 2), v != Vector(1, 2), v == w, v == 5, v != "a")
print(w < v, v < w, sorted([v, w]), min(v, w))
print(len(v), v[0], v[-1], 2 in v, 9 in v, 9 not in v, v(7))
v[0] = 8
print(v, bool(v), bool(w), not w, list(v))
a, b = v
print(a, b, {Vector(1, 1): "found"}[Vector(1, 1)])
print("true" if w else "false", [x for x in w])
