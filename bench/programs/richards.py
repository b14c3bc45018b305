"""richards: methods, attributes and small lists. Each thread simulates an operating system.

After Martin Richards's benchmark: tasks of four kinds (idle, worker, handler, device) send each
other packets; a scheduler runs the one of highest priority that is ready. Counted are the
packets queued and the tasks held.
"""

import sys
import threading
import time

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
TASKS = 6
DEVICE_PACKET, WORK_PACKET = 0, 1
PACKET_SIZE = 4
COUNT = 1000


class Packet:
    def __init__(self, link, identity, kind):
        self.link = link
        self.identity = identity
        self.kind = kind
        self.datum = 0
        self.data = [0] * PACKET_SIZE


def append_to(packet, queue):
    """The queue with the packet at its end."""
    packet.link = None
    if queue is None:
        return packet
    last = queue
    while last.link is not None:
        last = last.link
    last.link = packet
    return queue


class Task:
    def __init__(self, system, identity, priority, packets, waiting):
        self.system = system
        self.identity = identity
        self.priority = priority
        self.packets = packets
        self.waiting = waiting
        self.holding = False
        system.add(self)

    def is_ready(self):
        if self.holding:
            return False
        return not self.waiting or self.packets is not None

    def run(self):
        """Runs once; the next task to look at."""
        packet = None
        if self.waiting:
            packet = self.packets
            self.packets = packet.link
            self.waiting = False
        return self.step(packet)

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.system.holds += 1
        self.holding = True
        return self.system.after(self)

    def release(self, identity):
        other = self.system.find(identity)
        other.holding = False
        if other.priority > self.priority:
            return other
        return self

    def send(self, packet):
        other = self.system.find(packet.identity)
        self.system.queued += 1
        packet.identity = self.identity
        if other.packets is None:
            packet.link = None
            other.packets = packet
            if other.priority > self.priority:
                return other
        else:
            other.packets = append_to(packet, other.packets)
        return self


class Idle(Task):
    def __init__(self, system, identity, priority, count):
        super().__init__(system, identity, priority, None, False)
        self.control = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control % 2 == 0:
            self.control = self.control // 2
            return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.release(DEVICE_B)


class Worker(Task):
    def __init__(self, system, identity, priority, packets):
        super().__init__(system, identity, priority, packets, True)
        self.destination = HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.identity = self.destination
        packet.datum = 0
        for i in range(PACKET_SIZE):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = 64 + self.letter
        return self.send(packet)


class Handler(Task):
    def __init__(self, system, identity, priority, packets):
        super().__init__(system, identity, priority, packets, True)
        self.work_in = None
        self.device_in = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == WORK_PACKET:
                self.work_in = append_to(packet, self.work_in)
            else:
                self.device_in = append_to(packet, self.device_in)
        work = self.work_in
        if work is None:
            return self.wait()
        if work.datum >= PACKET_SIZE:
            self.work_in = work.link
            return self.send(work)
        device = self.device_in
        if device is None:
            return self.wait()
        self.device_in = device.link
        device.datum = work.data[work.datum]
        work.datum += 1
        return self.send(device)


class Device(Task):
    def __init__(self, system, identity, priority):
        super().__init__(system, identity, priority, None, True)
        self.pending = None

    def step(self, packet):
        if packet is None:
            packet = self.pending
            if packet is None:
                return self.wait()
            self.pending = None
            return self.send(packet)
        self.pending = packet
        return self.hold()


class System:
    def __init__(self):
        self.tasks = [None] * TASKS
        self.order = []
        self.queued = 0
        self.holds = 0

    def add(self, task):
        self.tasks[task.identity] = task
        self.order.insert(0, task)
        task.place = 0
        for place in range(len(self.order)):
            self.order[place].place = place

    def find(self, identity):
        task = self.tasks[identity]
        if task is None:
            raise ValueError(f"no task {identity}")
        return task

    def after(self, task):
        """The next in order, None after the last."""
        place = task.place + 1
        if place == len(self.order):
            return None
        return self.order[place]

    def schedule(self):
        task = self.order[0]
        while task is not None:
            task = task.run() if task.is_ready() else self.after(task)


def simulate():
    system = System()
    Idle(system, IDLE, 1, COUNT)
    queue = Packet(None, 0, WORK_PACKET)
    queue = Packet(queue, 0, WORK_PACKET)
    Worker(system, WORKER, 1000, queue)
    for identity, device, priority in [(HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)]:
        queue = Packet(None, device, DEVICE_PACKET)
        queue = Packet(queue, device, DEVICE_PACKET)
        queue = Packet(queue, device, DEVICE_PACKET)
        Handler(system, identity, priority, queue)
    Device(system, DEVICE_A, 4000)
    Device(system, DEVICE_B, 5000)
    system.schedule()
    return (system.queued, system.holds)


def work(size):
    result = None
    for _ in range(size):
        result = simulate()
    return result


def main(threads, size):
    results = [None] * threads

    def run(index):
        results[index] = work(size)

    workers = [threading.Thread(target=run, args=(i,)) for i in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    print("checksum", results[0] if results == [results[0]] * threads else results)
    print("seconds", seconds)


main(int(sys.argv[1]), int(sys.argv[2]))
