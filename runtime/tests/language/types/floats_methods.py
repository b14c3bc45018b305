"""Methods of floats."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for value in (1.0, 1.5, -2.0, 0.0, 1e300, float("inf"), float("nan")):
    print(value.is_integer())
for value in (0.5, 0.75, -1.25, 3.0, 0.0, 1e20, 0.1):
    print(value.as_integer_ratio())
attempt(lambda: float("inf").as_integer_ratio())
attempt(lambda: float("nan").as_integer_ratio())
attempt(lambda: (1.5).missing)
attempt(lambda: round(float("nan")))
attempt(lambda: round(float("inf")))
