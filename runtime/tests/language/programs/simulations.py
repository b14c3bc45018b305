"""Small simulations: a lift, a bank's queue, a robot, a machine of states, a stack machine."""


class Robot:
    moves = {"n": (0, 1), "e": (1, 0), "s": (0, -1), "w": (-1, 0)}

    def __init__(self):
        self.x = self.y = 0
        self.seen = {(0, 0)}

    def go(self, path):
        for step in path:
            dx, dy = self.moves[step]
            self.x, self.y = self.x + dx, self.y + dy
            self.seen.add((self.x, self.y))
        return self


class Machine:
    def __init__(self, code):
        self.code, self.stack, self.calls, self.out = code, [], [], []

    def run(self, limit=10000):
        at = steps = 0
        while at < len(self.code):
            steps += 1
            if steps > limit:
                raise RuntimeError(f"more than {limit} steps")
            op, *rest = self.code[at] if isinstance(self.code[at], tuple) else (self.code[at],)
            at += 1
            if op == "push":
                self.stack.append(rest[0])
            elif op == "dup":
                self.stack.append(self.stack[-1])
            elif op == "swap":
                self.stack[-2:] = self.stack[:-3:-1]
            elif op in ("add", "sub", "mul"):
                b, a = self.stack.pop(), self.stack.pop()
                self.stack.append({"add": a + b, "sub": a - b, "mul": a * b}[op])
            elif op == "jnz":
                at = rest[0] if self.stack[-1] else at
            elif op == "print":
                self.out.append(str(self.stack[-1]))
            else:
                raise KeyError(op)
        return steps


def bank(customers, desks):
    free, waited, log = [0] * desks, 0, []
    for arrives, takes in customers:
        desk = min(range(desks), key=lambda d: free[d])
        start = max(arrives, free[desk])
        free[desk] = start + takes
        waited += start - arrives
        log.append(f"{arrives}@{desk}+{start - arrives}")
    return waited / len(customers), max(free), " ".join(log)


LIGHT = {"red": ("green", 3), "green": ("yellow", 4), "yellow": ("red", 1)}


def light(state, seconds):
    history = []
    while seconds > 0:
        following, lasts = LIGHT[state]
        history.append(f"{state[0].upper()}{min(lasts, seconds)}")
        state, seconds = following, seconds - lasts
    return "".join(history)


def rule(number, cells, rounds):
    rows = []
    for _ in range(rounds):
        rows.append("".join(".#"[c] for c in cells))
        around = [0] + cells + [0]
        cells = [number >> (4 * a + 2 * b + c) & 1 for a, b, c in zip(around, around[1:], around[2:])]
    return rows


def hanoi(n, a="A", b="B", c="C"):
    return hanoi(n - 1, a, c, b) + [a + c] + hanoi(n - 1, b, a, c) if n else []


robot = Robot().go("nnesswwwn")
print(robot.x, robot.y, len(robot.seen), sorted(robot.seen)[:3])
machine = Machine([("push", 1), ("push", 10), "swap", ("push", 2), "mul", "print", "swap", ("push", 1), "sub", ("jnz", 2)])
print(machine.run(), machine.stack, " ".join(machine.out))
for code in (["pop"], ["add"], [("push", 1), ("jnz", 0)]):
    try:
        Machine(code).run(100)
    except (KeyError, IndexError, RuntimeError) as error:
        print(type(error).__name__, error)
print(bank([(0, 5), (1, 3), (2, 2), (3, 8), (4, 1)], 2))
print(light("red", 20))
print("\n".join(rule(90, [0] * 8 + [1] + [0] * 8, 6)))
print(len(hanoi(8)), " ".join(hanoi(3)))
