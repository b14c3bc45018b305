"""Definitions inside finally exist on each way out."""


def f(way):
    kept = []
    try:
        if way == 0:
            return kept
        if way == 1:
            raise ValueError
    except ValueError:
        kept.append("handled")
    finally:

        def helper(x):
            return x + way

        kept.append(helper(10))
        kept.extend([helper(i) for i in range(2)])
        kept.append((lambda: way)())
    return kept


print(f(0), f(1), f(2))
