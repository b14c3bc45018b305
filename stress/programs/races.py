"""races: two threads race on one operation, again and again, and every outcome is counted.

The Python side of the outcome tables (../outcomes): most of their subjects, under the same names,
and some of its own, on any engine. A state is made for each sample; the first thread does one part to it, the second
the other; what came of it is judged afterwards. The threads are in step, waiting for each other
before each sample, so that on two cores they really meet; or one of them leads: under a GIL, where
in step each would do its part at the beginning of its turn, the leader's turn ends anywhere, also in
the middle of its part, and there the other, which was right behind it, overtakes it. Whichever makes
them meet more often goes on. The switch interval is SWITCH_INTERVAL seconds, so that turns are short.

    races.py SECONDS [NAME]...      prints NAME <tab> OPERATION <tab> OUTCOME <tab> SAMPLES <tab>
                                    ACCEPTABLE or INTERESTING <tab> MEANING
                                    and first how often the two overlapped, marked OVERLAP

An outcome is acceptable if one operation after the other explains it.
"""

import sys
import threading
import time

SWITCH_INTERVAL = 1e-6
IN_STEP = 20  # samples of a batch; in step each takes a turn under a GIL
LED = 5000  # of one with a leader
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


class Batch:
    """States for the two threads to go over, how far each of them is, and of each state whether the
    other had left it when this one began. One thread leads, or, if `leader` is None, neither."""

    def __init__(self, states, leader):
        self.states = states
        self.leader = leader
        self.at = [-1, -1]
        self.met = [[False] * len(states), [False] * len(states)]

    def overlaps(self):
        """How often neither had left a state when the other began with it. (The call around an
        operation counts as well: under a GIL, switches can fall nowhere else into the shortest.)"""
        return sum([1 for a, b in zip(self.met[0], self.met[1]) if a and b])


def go(act, batch, mine):
    """One thread's part of a batch. Position 2 * n + 1 is in the nth state's operation, the next one
    after it. Who does not lead begins with a state when the other has. The leader waits only if it
    finds that the other has moved, until that has caught up: so its turn begins with both at one
    place, and ends at a later one, where the other overtakes it if its own turn is long enough."""
    states, at, met, other = batch.states, batch.at, batch.met[mine], 1 - mine
    leads = batch.leader == mine
    at[mine] = 0
    while at[other] < 0:
        pass
    seen = at[other]
    for place in range(len(states)):
        inside = 2 * place + 1
        at[mine] = inside
        if not leads:
            while at[other] < inside:
                pass
        elif at[other] != seen:
            while at[other] < inside - 1:
                pass
            seen = at[other]
        met[place] = at[other] <= inside
        act(states[place])
        at[mine] = inside + 1


class Record:
    """What came of a race so far, with a leader and in step, and its batch."""

    def __init__(self, race):
        self.race = race
        self.meeting = threading.Barrier(2)
        self.batch = None
        self.counts = {}
        self.overlaps = {IN_STEP: 0, LED: 0}
        self.spent = {IN_STEP: 0.0, LED: 0.0}

    def better_size(self):
        """Of the batches in which the threads meet more often; either is tried once."""
        for size in (LED, IN_STEP):
            if self.spent[size] == 0.0:
                return size
        led, in_step = self.overlaps[LED] * self.spent[IN_STEP], self.overlaps[IN_STEP] * self.spent[LED]
        return IN_STEP if in_step > led else LED


def first_thread(record, seconds):
    """Prepares the batches, does its part, and judges. Each thread leads half of those with a leader."""
    leader = 0
    while record.spent[IN_STEP] + record.spent[LED] < seconds:
        start = time.perf_counter()
        size = record.better_size()
        leader = 1 - leader
        batch = Batch([record.race.make() for _ in range(size)], leader if size == LED else None)
        record.batch = batch
        record.meeting.wait()
        go(record.race.act_first, batch, 0)
        record.meeting.wait()
        for state in batch.states:
            outcome = record.race.judge(state)
            record.counts[outcome] = record.counts.get(outcome, 0) + 1
        record.overlaps[size] += batch.overlaps()
        record.spent[size] += time.perf_counter() - start
    record.batch = None
    record.meeting.wait()


def second_thread(record):
    record.meeting.wait()
    while record.batch is not None:
        go(record.race.act_second, record.batch, 1)
        record.meeting.wait()
        record.meeting.wait()


def run(race, seconds):
    """Counts outcomes and overlaps until the time is over."""
    record = Record(race)
    first = threading.Thread(target=first_thread, args=(record, seconds))
    second = threading.Thread(target=second_thread, args=(record,))
    first.start()
    second.start()
    first.join()
    second.join()
    return record.counts, record.overlaps[IN_STEP] + record.overlaps[LED]


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
    sys.setswitchinterval(SWITCH_INTERVAL)
    for race in chosen:
        counts, overlaps = run(race, seconds / len(chosen))
        report(race, counts, overlaps)


main(float(sys.argv[1]), sys.argv[2:])
