"""The container and the key of an augmented assignment are evaluated once, before the value."""

log = []


def note(name, value):
    log.append(name)
    return value


items = [1, 2]
note("items", items)[note("index", 1)] += note("value", 5)
print(items, log)
log.clear()


class Holder:
    def __getitem__(self, key):
        log.append(("get", key))
        return 10

    def __setitem__(self, key, value):
        log.append(("set", key, value))


holder = Holder()
holder[note("key", "k")] -= note("value", 3)
print(log)
log.clear()
t = ([1],)
try:
    t[0] += [2]
except TypeError as error:
    print(error, t)
try:
    note("items", items)[note("index", 9)] += note("never", 1)
except IndexError as error:
    print(error, log)
