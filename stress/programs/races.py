"""races: two threads race on one operation, again and again, and every outcome is counted.

The Python side of the outcome tables (../outcomes): the same subjects under the same names, on
any engine. A state is made for each sample; the first thread does one part to it, the second
the other; what came of it is judged afterwards. The threads are in step, waiting for each other
before each sample, so that on two cores they really meet; or they run free: under a GIL, where
in step each would do its part at the beginning of its turn, a thread whose turn ends in the
middle of its part is overtaken there by the other. Whichever makes them meet more often goes on.
The switch interval is a microsecond, so that turns are short.

    races.py SECONDS [NAME]...      prints NAME <tab> OPERATION <tab> OUTCOME <tab> SAMPLES <tab>
                                    ACCEPTABLE or INTERESTING <tab> MEANING
                                    and first how often the two overlapped, marked OVERLAP

An outcome is acceptable if one operation after the other explains it.
"""

import sys
import threading
import time

IN_STEP = 20  # samples of a batch; in step each takes a turn under a GIL
FREE = 5000
ACCEPTABLE = "ACCEPTABLE"
INTERESTING = "INTERESTING"


class State:
    """What two threads race on, and what each of them saw."""

    def __init__(self, shared):
        self.shared = shared
        self.first = None
        self.second = None


class Holder:
    def __init__(self, v):
        self.v = v
        self.lock = threading.Lock()


def same(v):
    return v


# ---------------------------------------------------------------- counters


class Increment:
    """x.v += 1 by both."""

    name = "attribute_increment"
    operation = "x.v += 1"
    outcomes = [
        ("2", ACCEPTABLE, "both increments count"),
        ("1", INTERESTING, "one of the increments is lost"),
    ]

    def make(self):
        return State(Holder(0))

    def step(self, x):
        x.v += 1

    def act_first(self, state):
        self.step(state.shared)

    def act_second(self, state):
        self.step(state.shared)

    def judge(self, state):
        return str(state.shared.v)


class IncrementByCall(Increment):
    name = "attribute_increment_call"
    operation = "x.v = f(x.v)"

    def step(self, x):
        x.v = same(x.v) + 1


class IncrementLocked(Increment):
    name = "attribute_increment_mutex"
    operation = "with lock: x.v += 1"

    def step(self, x):
        with x.lock:
            x.v += 1


class IncrementByCallLocked(Increment):
    name = "attribute_increment_mutex_call"
    operation = "with lock: x.v = f(x.v)"

    def step(self, x):
        with x.lock:
            x.v = same(x.v) + 1


class IncrementItem(Increment):
    name = "list_increment"
    operation = "x[0] += 1"

    def make(self):
        return State([0])

    def step(self, x):
        x[0] += 1

    def judge(self, state):
        return str(state.shared[0])


class IncrementValue(IncrementItem):
    name = "dict_increment"
    operation = "d[k] += 1"

    def make(self):
        return State({0: 0})


# ---------------------------------------------------------------- lists


class AppendAppend:
    name = "list_append_append"
    operation = "x.append(a) | x.append(b)"
    outcomes = [
        ("ab", ACCEPTABLE, "both items, in one order"),
        ("ba", ACCEPTABLE, "both items, in the other order"),
        ("one", INTERESTING, "one of the items is lost"),
    ]

    def make(self):
        return State([])

    def act_first(self, state):
        state.shared.append("a")

    def act_second(self, state):
        state.shared.append("b")

    def judge(self, state):
        return "".join(state.shared) if len(state.shared) == 2 else "one"


class AppendPop:
    name = "list_append_pop"
    operation = "x.append(b) | x.pop()"
    outcomes = [
        ("b popped", ACCEPTABLE, "the append came first"),
        ("a popped", ACCEPTABLE, "the pop came first"),
        ("twice", INTERESTING, "an item was popped and is still there"),
        ("lost", INTERESTING, "an item is neither popped nor left"),
    ]

    def make(self):
        return State(["a"])

    def act_first(self, state):
        state.shared.append("b")

    def act_second(self, state):
        state.second = state.shared.pop()

    def judge(self, state):
        left = "".join(state.shared)
        if (state.second, left) == ("b", "a"):
            return "b popped"
        if (state.second, left) == ("a", "b"):
            return "a popped"
        return "twice" if state.second in left else "lost"


class ExtendAppend:
    name = "list_extend_append"
    operation = "x.extend([a, b]) | x.append(c)"
    outcomes = [
        ("abc", ACCEPTABLE, "the extension came first"),
        ("cab", ACCEPTABLE, "the append came first"),
        ("acb", INTERESTING, "the append went into the extension"),
        ("lost", INTERESTING, "an item is lost"),
    ]
    pair = ["a", "b"]

    def make(self):
        return State([])

    def act_first(self, state):
        state.shared.extend(self.pair)

    def act_second(self, state):
        state.shared.append("c")

    def judge(self, state):
        return "".join(state.shared) if len(state.shared) == 3 else "lost"


class IterateMutate:
    name = "list_iterate_mutate"
    operation = "for i in x | x.pop(); x.append(d)"
    outcomes = [
        ("abc", ACCEPTABLE, "the list as it was"),
        ("abd", ACCEPTABLE, "the list as it became"),
        ("ab", INTERESTING, "the list between pop and append"),
    ]

    def make(self):
        return State(["a", "b", "c"])

    def act_first(self, state):
        seen = ""
        for item in state.shared:
            seen += item
        state.first = seen

    def act_second(self, state):
        state.shared.pop()
        state.shared.append("d")

    def judge(self, state):
        return state.first


# ---------------------------------------------------------------- dicts


class SetSet:
    name = "dict_set_set"
    operation = "d[j] = a | d[k] = b"
    outcomes = [
        ("both", ACCEPTABLE, "both keys have their values"),
        ("one", INTERESTING, "a key is lost"),
        ("size", INTERESTING, "the dict has both and counts wrong"),
    ]

    def make(self):
        return State({})

    def act_first(self, state):
        state.shared["j"] = "a"

    def act_second(self, state):
        state.shared["k"] = "b"

    def judge(self, state):
        if state.shared.get("j") != "a" or state.shared.get("k") != "b":
            return "one"
        return "both" if len(state.shared) == 2 else "size"


class SetGet:
    name = "dict_set_get"
    operation = "d[k] = b | d[k]"
    outcomes = [
        ("old", ACCEPTABLE, "the reader was first"),
        ("new", ACCEPTABLE, "the assignment was first"),
        ("missing", INTERESTING, "the key was not found, though it is always there"),
    ]

    def make(self):
        return State({"k": "old"})

    def act_first(self, state):
        state.shared["k"] = "new"

    def act_second(self, state):
        state.second = state.shared.get("k", "missing")

    def judge(self, state):
        return state.second


class SetDelete:
    name = "dict_set_delete"
    operation = "d[k] = b | del d[k]"
    outcomes = [
        ("gone", ACCEPTABLE, "the deletion came last"),
        ("new", ACCEPTABLE, "the assignment came last"),
        ("KeyError", INTERESTING, "the key was not found, though it is always there"),
    ]

    def make(self):
        return State({"k": "a"})

    def act_first(self, state):
        state.shared["k"] = "b"

    def act_second(self, state):
        try:
            del state.shared["k"]
        except KeyError:
            state.second = "KeyError"

    def judge(self, state):
        if state.second is not None:
            return state.second
        return "new" if state.shared.get("k") == "b" else "gone"


class GetDelete:
    name = "dict_get_delete"
    operation = "d[k] | del d[k]"
    outcomes = [
        ("value", ACCEPTABLE, "the reader was first"),
        ("KeyError", ACCEPTABLE, "the deletion was first"),
    ]

    def make(self):
        return State({"k": "value"})

    def act_first(self, state):
        try:
            state.first = state.shared["k"]
        except KeyError:
            state.first = "KeyError"

    def act_second(self, state):
        del state.shared["k"]

    def judge(self, state):
        return state.first


class GrowGet:
    name = "dict_grow_get"
    operation = "d[k1] .. d[k8] = ... | d[k]"
    outcomes = [
        ("found", ACCEPTABLE, "the value of the key"),
        ("missing", INTERESTING, "the key was not found, though it is always there"),
        ("lost", INTERESTING, "one of the new keys is lost"),
    ]

    def make(self):
        return State({0: "found"})

    def act_first(self, state):
        for key in range(1, 9):
            state.shared[key] = key

    def act_second(self, state):
        state.second = state.shared.get(0, "missing")

    def judge(self, state):
        return state.second if len(state.shared) == 9 else "lost"


class IterateInsert:
    name = "dict_iterate_insert"
    operation = "for v in d.values() | d[k4] .. d[k8] = ..."
    outcomes = [
        ("old", ACCEPTABLE, "the keys that were there, once each"),
        ("some new", INTERESTING, "and some of the new ones"),
        ("all", ACCEPTABLE, "and all new ones"),
        ("RuntimeError", INTERESTING, "the iteration noticed, and gave up"),
    ]

    def make(self):
        return State({1: 1, 2: 2, 3: 3})

    def act_first(self, state):
        count = 0
        try:
            for _ in state.shared.values():
                count += 1
        except RuntimeError:
            count = -1
        state.first = count

    def act_second(self, state):
        for key in range(4, 9):
            state.shared[key] = key

    def judge(self, state):
        return {-1: "RuntimeError", 3: "old", 8: "all"}.get(state.first, "some new")


class SetDefault:
    name = "dict_setdefault"
    operation = "d.setdefault(k, a) | d.setdefault(k, b)"
    outcomes = [
        ("a", ACCEPTABLE, "both have the first actor's value"),
        ("b", ACCEPTABLE, "both have the second actor's value"),
        ("disagree", INTERESTING, "each has a value of its own"),
    ]

    def make(self):
        return State({})

    def act_first(self, state):
        state.first = state.shared.setdefault("k", "a")

    def act_second(self, state):
        state.second = state.shared.setdefault("k", "b")

    def judge(self, state):
        return state.first if state.first == state.second else "disagree"


# ---------------------------------------------------------------- more than one step


class CheckThenAct:
    name = "check_then_act"
    operation = "if k not in d: d[k] = a"
    outcomes = [
        ("once", ACCEPTABLE, "one of them found the key absent"),
        ("twice", INTERESTING, "both found it absent"),
    ]

    def make(self):
        return State({})

    def check(self, table):
        if "k" not in table:
            table["k"] = 1
            return 1
        return 0

    def act_first(self, state):
        state.first = self.check(state.shared)

    def act_second(self, state):
        state.second = self.check(state.shared)

    def judge(self, state):
        return "once" if state.first + state.second == 1 else "twice"


class CheckThenActByCall(CheckThenAct):
    name = "check_then_act_call"
    operation = "if k not in d: d[k] = f()"

    def check(self, table):
        if "k" not in table:
            table["k"] = same(1)
            return 1
        return 0


class PublishAttribute:
    name = "publish_attribute"
    operation = "x.ready = T(a, b) | x.ready"
    outcomes = [
        ("unset", ACCEPTABLE, "the reader was first"),
        ("complete", ACCEPTABLE, "the reader has the whole object"),
        ("incomplete", INTERESTING, "the reader has an object without its contents"),
    ]

    def make(self):
        return State(Holder(None))

    def act_first(self, state):
        state.shared.v = Holder(1)

    def act_second(self, state):
        state.second = state.shared.v

    def judge(self, state):
        if state.second is None:
            return "unset"
        return "complete" if state.second.v == 1 else "incomplete"


RACES = [
    Increment(), IncrementByCall(), IncrementLocked(), IncrementByCallLocked(), IncrementItem(), IncrementValue(),
    AppendAppend(), AppendPop(), ExtendAppend(), IterateMutate(), SetSet(), SetGet(), SetDelete(), GetDelete(),
    GrowGet(), IterateInsert(), SetDefault(), CheckThenAct(), CheckThenActByCall(), PublishAttribute(),
]  # fmt: skip


# ---------------------------------------------------------------- the race


def go(act, states, at, met, mine, other, in_step):
    """One thread's part of a batch. Position 2 * n + 1 is in the nth state's operation, the next
    one after it; `met` says for each state whether the other had left it when this one began."""
    at[mine] = 0
    while at[other] < 0:
        pass
    for place in range(len(states)):
        inside = 2 * place + 1
        at[mine] = inside
        while in_step and at[other] < inside:
            pass
        met[mine][place] = at[other] <= inside
        act(states[place])
        at[mine] = inside + 1


def batch(race, in_step, counts):
    """Counts the outcomes of a batch. Returns how often the operations overlapped: neither thread
    had left a state when the other began with it. (The call around an operation counts as well:
    under a GIL, switches can fall nowhere else into the shortest.)"""
    states = [race.make() for _ in range(IN_STEP if in_step else FREE)]
    at = [-1, -1]
    met = [[False] * len(states), [False] * len(states)]
    first = threading.Thread(target=go, args=(race.act_first, states, at, met, 0, 1, in_step))
    second = threading.Thread(target=go, args=(race.act_second, states, at, met, 1, 0, in_step))
    first.start()
    second.start()
    first.join()
    second.join()
    for state in states:
        outcome = race.judge(state)
        counts[outcome] = counts.get(outcome, 0) + 1
    return sum([1 for a, b in zip(met[0], met[1]) if a and b])


def run(race, seconds):
    """Counts outcomes and overlaps until the time is over: one batch free and one in step, then
    more of those in which the threads meet more often."""
    counts = {}
    overlaps = {True: 0, False: 0}
    spent = {True: 0.0, False: 0.0}
    in_step = False
    while spent[True] + spent[False] < seconds:
        start = time.perf_counter()
        overlaps[in_step] += batch(race, in_step, counts)
        spent[in_step] += time.perf_counter() - start
        in_step = spent[True] == 0.0 or overlaps[True] * spent[False] > overlaps[False] * spent[True]
    return counts, overlaps[True] + overlaps[False]


def report(race, counts, overlaps):
    print(f"{race.name}\t{race.operation}\toverlapped\t{overlaps}\tOVERLAP\tneither had left when the other began")
    known = race.outcomes + [
        (outcome, INTERESTING, "something that no order of the two operations explains")
        for outcome in sorted(counts)
        if outcome not in [name for name, _, _ in race.outcomes]
    ]
    for outcome, expect, meaning in known:
        print(f"{race.name}\t{race.operation}\t{outcome}\t{counts.get(outcome, 0)}\t{expect}\t{meaning}")


def main(seconds, names):
    known = [race.name for race in RACES]
    for name in names:
        if name not in known:
            sys.exit(f"races.py: no race {name!r}: one of {', '.join(known)}")
    chosen = [race for race in RACES if not names or race.name in names]
    sys.setswitchinterval(1e-6)
    for race in chosen:
        counts, overlaps = run(race, seconds / len(chosen))
        report(race, counts, overlaps)


main(float(sys.argv[1]), sys.argv[2:])
