"""Closures that share and change variables."""


def counter():
    count = 0

    def up(by=1):
        nonlocal count
        count += by
        return count

    def get():
        return count

    def reset():
        nonlocal count
        count = 0

    return up, get, reset


up, get, reset = counter()
other, _, _ = counter()
print(up(), up(), up(5), other(), get())
reset()
print(get(), up())


def account(balance):
    history = []

    def change(amount):
        nonlocal balance
        balance += amount
        history.append(amount)
        return balance

    return {"in": lambda v: change(v), "out": lambda v: change(-v), "history": lambda: history}


a = account(100)
print(a["in"](50), a["out"](30), a["history"](), account(1)["history"]())
