"""Counting words, by several ways."""

text = """The quick brown fox jumps over the lazy dog. The dog sleeps;
the fox runs - and THE end is near."""
counts = {}
for word in text.lower().replace(".", " ").replace(";", " ").replace("-", " ").split():
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print(f"{word:<8}{count:>3}")
print(sorted(counts, key=len)[-1], max(counts, key=counts.get), sum(counts.values()), len(counts))
