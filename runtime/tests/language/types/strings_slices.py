"""All slices of strings, with and without wide characters."""

for s in ("abcdef", "aéböcü"):
    for start in (None, 0, 2, -2, 10, -10):
        for stop in (None, 0, 4, -1, 10, -10):
            print([s[start:stop:step] for step in (None, 1, 2, -1, -3)])
