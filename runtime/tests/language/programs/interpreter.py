"""A small stack machine with its assembler."""


class Machine:
    def __init__(self, source):
        self.code, self.labels = [], {}
        for line in source.strip().split("\n"):
            words = line.split()
            if words[0].endswith(":"):
                self.labels[words[0][:-1]] = len(self.code)
            else:
                self.code.append(words)
        self.stack, self.memory, self.out = [], {}, []

    def run(self):
        at, steps = 0, 0
        while at < len(self.code):
            steps += 1
            operation, argument = self.code[at][0], self.code[at][1:]
            at += 1
            if operation == "push":
                self.stack.append(int(argument[0]))
            elif operation in ("add", "sub", "mul"):
                b, a = self.stack.pop(), self.stack.pop()
                self.stack.append({"add": a + b, "sub": a - b, "mul": a * b}[operation])
            elif operation == "load":
                self.stack.append(self.memory[argument[0]])
            elif operation == "store":
                self.memory[argument[0]] = self.stack.pop()
            elif operation == "jump":
                at = self.labels[argument[0]]
            elif operation == "zero":
                at = self.labels[argument[0]] if self.stack.pop() == 0 else at
            elif operation == "print":
                self.out.append(self.stack.pop())
            else:
                raise ValueError(f"line {at}: {operation}?")
        return steps


factorial = Machine("""
push 20
store n
push 1
store f
loop:
load n
zero end
load f
load n
mul
store f
load n
push 1
sub
store n
jump loop
end:
load f
print
""")
print(factorial.run(), factorial.out, factorial.memory, factorial.stack)
for source in ("push 1\nadd", "load x", "jump nowhere", "dance"):
    try:
        Machine(source).run()
    except (IndexError, KeyError, ValueError) as error:
        print(type(error).__name__, error)
