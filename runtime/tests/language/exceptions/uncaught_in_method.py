"""The traceback names methods, lambdas, nested functions and the lines they were at."""


class Machine:
    def __init__(self, depth):
        self.depth = depth

    def run(self):
        if self.depth == 0:
            return self.fail()
        return Machine(self.depth - 1).run()

    def fail(self):
        def inner(v):
            return (lambda n: n // 0)(v)

        return inner(
            self.depth
        )


Machine(2).run()
