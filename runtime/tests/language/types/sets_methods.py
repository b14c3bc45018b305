"""Methods of sets."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


s = {3, 1, 2}
s.add(4)
s.add(1)
print(sorted(s), len(s), 2 in s, 9 in s, s == {1, 2, 3, 4}, set(), {1}, set([1, 1]), sorted(set("hello")))
s.discard(9)
s.discard(1)
s.remove(2)
print(sorted(s), s.copy() == s, s.copy() is s)
s.update([5, 6], {7})
s.intersection_update({3, 5, 6, 9})
print(sorted(s))
s.difference_update([3])
s.symmetric_difference_update({5, 8})
print(sorted(s))
print(len(s.union([1], [2])), sorted(s.intersection([6, 8, 1])), sorted(s.difference([8])), sorted(s.symmetric_difference([6, 1])), s.isdisjoint([1]), s.isdisjoint([6]), s.issubset([6, 8, 9]), s.issuperset([6]))
x = s.pop()
print(x in (6, 8), len(s))
s.clear()
print(s, bool(s))
attempt(lambda: {1}.remove(2))
attempt(lambda: {1}.remove("x"))
attempt(lambda: set().pop())
attempt(lambda: {[]})
attempt(lambda: {1}.add({}))
attempt(lambda: [] in {1})
attempt(lambda: set(5))
attempt(lambda: hash(set()))
attempt(lambda: {1}[0])
attempt(lambda: {1} + {2})
attempt(lambda: {1} | [2])
attempt(lambda: {1} < 5)
attempt(lambda: {1}.missing)
