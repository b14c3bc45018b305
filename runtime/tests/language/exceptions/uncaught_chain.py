"""What is printed of an exception raised while another was handled."""


def load(name):
    try:
        return {"a": 1}[name]
    except KeyError:
        raise ValueError("no " + name)


print(load("a"))
load("b")
