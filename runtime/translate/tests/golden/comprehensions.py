rows = [[1, 2], [3]]
flat = [x * 2 for row in rows for x in row if x > 1]
table = {str(x): x for x in flat}
later = [lambda: x for x in flat]
print(sum(x for x in flat), any(x == 4 for x in flat))
