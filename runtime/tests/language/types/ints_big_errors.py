"""What large ints cannot do."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: 10**30 // 0)
attempt(lambda: 10**30 % 0)
attempt(lambda: 10**30 / 0)
attempt(lambda: divmod(10**30, 0))
attempt(lambda: 10**400 / 3)
attempt(lambda: float(10**400))
attempt(lambda: 10**400 + 1.5)
attempt(lambda: 1.5 * 10**400)
attempt(lambda: 1 << -1)
attempt(lambda: 1 >> -(10**20))
attempt(lambda: [1][10**20])
attempt(lambda: 10**20 + "a")
attempt(lambda: 10**20 & 1.5)
attempt(lambda: range(3)[5])
attempt(lambda: "ab" * 2.0)
