"""Not a number equals nothing, and containers go by identity first."""

nan = float("nan")
inf = float("inf")
print(nan == nan, nan != nan, nan < 1, nan > 1, nan <= nan, nan in [nan], [nan] == [nan], nan in (1, 2))
print(inf == inf, inf > 1e308, -inf < -1e308, inf == -inf, inf - inf != 0, inf + 1 == inf)
print(max(1, inf), min(1, -inf), sorted([inf, 1, -inf, 0]), sum([0.1] * 10), sum([0.5, 0.25]))
print(bool(nan), bool(0.0), bool(-0.0), bool(inf), 1 / inf, -1 / inf)
