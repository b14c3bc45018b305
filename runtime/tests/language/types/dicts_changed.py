"""Dicts and sets that change their size under a loop."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def add_key():
    d = {1: 1, 2: 2}
    for k in d:
        d[k + 10] = 0


def delete_key():
    d = {1: 1, 2: 2}
    for k in d:
        del d[k]


def change_items():
    d = {1: 1}
    for k, v in d.items():
        d.clear()


def grow_set():
    s = {1, 2}
    for x in s:
        s.add(x + 10)


attempt(add_key)
attempt(delete_key)
attempt(change_items)
attempt(grow_set)
d = {1: 1, 2: 2}
for k in d:
    d[k] = d[k] * 10
print(d)
for k in list(d):
    del d[k]
print(d)
a = [1, 2, 3]
for x in a:
    if x < 3:
        a.append(x + 5)
    if len(a) > 6:
        break
print(a)
