"""An exception or a class of them can be raised, nothing else."""


class Own(Exception):
    def __init__(self, code, text="none"):
        super().__init__(code, text)
        self.code = code


def attempt(make):
    try:
        raise make()
    except Exception as error:
        print(type(error).__name__, error, error.args)


attempt(lambda: ValueError)
attempt(lambda: ValueError())
attempt(lambda: ValueError("one"))
attempt(lambda: ValueError("one", 2))
attempt(lambda: KeyError("quoted"))
attempt(lambda: Own(5))
attempt(lambda: Own)
attempt(lambda: 5)
attempt(lambda: "text")
attempt(lambda: int)
