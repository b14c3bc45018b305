"""Powers that there are not."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: 0**-1)
attempt(lambda: 0.0**-2)
attempt(lambda: pow(2, 3, 0))
attempt(lambda: pow(2.0, 3, 5))
attempt(lambda: pow("a", 2))
attempt(lambda: 2 ** "a")
attempt(lambda: 10.0**400)
attempt(lambda: 2.5**2000)
attempt(lambda: (-2.0) ** 3)
