"""A KeyError shows its key as repr does."""

table = {"a": 1}
print(table["a"])
table["it's"]
