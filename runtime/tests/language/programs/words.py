"""Counting words with dicts."""

TEXT = """the quick brown fox jumps over the lazy dog the fox was quick
and the dog was not amused by the fox or the quick jumps"""


def count(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def group(words):
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


words = TEXT.split()
counts = count(words)
best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:4]
for word, n in best:
    print(f"{word:<8}{n:>3} {'*' * n}")
print({length: sorted(set(found)) for length, found in sorted(group(words).items())})
print(len(words), len(counts), max(counts.values()), [w for w in counts if counts[w] == 2])
longest = ""
for word in words:
    if len(word) > len(longest):
        longest = word
print(longest, " ".join(reversed(words[:3])), "-".join([w[0].upper() + w[1:] for w in words[:3]]))
