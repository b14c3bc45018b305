"""Comparing and sorting strings."""

words = ["banana", "apple", "Cherry", "äpfel", "apple pie", "", "app", "zebra", "日本", "😀", "Zebra", "é"]
print(sorted(words), min(words), max(words))
for a in ("", "a", "ab", "b", "é", "z", "日"):
    print([(a < b, a <= b, a == b, a != b, a > b, a >= b) for b in ("", "a", "ab", "é", "日")])
print("a" < "b" < "c", "abc" == "ab" + "c", "a" != 1, "a" == None, hash("abc") == hash("ab" + "c"))
