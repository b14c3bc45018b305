"""collections.defaultdict: values that come about when they are asked for."""

from collections import defaultdict

groups = defaultdict(list)
for word in "the cat then took two more".split():
    groups[word[0]].append(word)
print(dict(groups), "z" in groups, groups.get("z"), len(groups))
counts = defaultdict(int)
for c in "mississippi":
    counts[c] += 1
print(sorted(counts.items()), counts["none"], len(counts), isinstance(counts, dict))
deep = defaultdict(lambda: defaultdict(list))
deep["a"]["b"].append(1)
print({k: dict(v) for k, v in deep.items()}, defaultdict(int, {"a": 1})["a"])
try:
    defaultdict()["missing"]
except KeyError as error:
    print(repr(error))
numbers = defaultdict(int, {1: 2})
print(numbers == {1: 2}, {1: 2} == numbers, numbers != {1: 2}, [numbers] == [{1: 2}], numbers == {1: 3}, numbers == [1])
print(numbers == defaultdict(list, {1: 2}), numbers == defaultdict(int))
