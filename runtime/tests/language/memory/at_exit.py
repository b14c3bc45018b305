"""What is alive at the end is finalized before the program ends."""


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


kept = Loud("kept")
cycle = Loud("cycle")
cycle.me = cycle
print("end of the program")
