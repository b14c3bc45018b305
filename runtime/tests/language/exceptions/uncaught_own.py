"""The last line of a traceback, of all kinds of exceptions."""


class Mine(Exception):
    def __str__(self):
        return "mine " + "/".join([str(a) for a in self.args])


def attempt(error):
    try:
        raise error
    except Exception as caught:
        print(repr(caught), "|", caught)


attempt(Mine(1, 2))
attempt(KeyError("k"))
attempt(KeyError("k", 2))
attempt(ValueError())
attempt(OSError(2, "No such file"))
attempt(OSError("just text"))
attempt(IndexError("with\nnewline"))
attempt(RuntimeError(None))
attempt(ValueError(""))
raise Mine("end", 3)
