"""Each method of lists, and its mistakes."""

a = [5, 3, 8, 3]
print(a.append(1), a, a.extend((7, 7)), a, a.insert(1, "i"), a, a.insert(-1, "j"), a, a.insert(99, "k"), a)
print(a.pop(), a.pop(0), a.pop(-2), a, a.remove(3), a, a.count(3), a.count("none"), a.index(3), a.index(7, 2))
b = a.copy()
print(a.reverse(), a, b, a.clear(), a, b)
b = [3, 1, 2]
print(b.sort(), b, b.sort(reverse=True), b, b.sort(key=lambda v: v % 3), b)
words = ["b", "A", "c", "B", "a"]
words.sort(key=str.lower)
print(words, sorted(words), sorted(words, key=str.upper, reverse=True))
b.extend("xy")
b.extend({"k": 1})
b.extend(range(2))
print(b, [1, 2] * 2, 2 * [0], [1] + [2], [1, 2] == [1, 2], [1, 2] < [1, 3], [2] > [1, 9], [] < [0])
for bad in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1, "a"].sort(), lambda: [1].extend(5),
            lambda: [1] + (2,), lambda: [1] * "a", lambda: [1][2], lambda: [1].append(), lambda: [1].append(1, 2), lambda: [1].foo,
            lambda: [1].insert(1), lambda: [1].insert("a", 1), lambda: [1] * 1.5, lambda: [1].sort(5)):
    try:
        print(bad())
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
