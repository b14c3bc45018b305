"""Methods can be replaced on objects and classes."""


class Machine:
    def __init__(self):
        self.state = self.idle
        self.log = []

    def idle(self, event):
        self.log.append("idle " + event)
        if event == "go":
            self.state = self.running

    def running(self, event):
        self.log.append("running " + event)
        if event == "stop":
            self.state = self.idle

    def feed(self, events):
        for event in events:
            self.state(event)
        return self.log


print(Machine().feed(["x", "go", "y", "stop", "z"]))
m = Machine()
m.feed = lambda events: "replaced"
print(m.feed([]))
Machine.feed = lambda self, events: ("class", len(events))
print(Machine().feed([1, 2]))
