"""nbody: floats and attributes. Each thread moves its own sun and planets `size` steps.

The Jovian planets' masses, places and speeds are the usual ones of this benchmark (AU, years,
solar masses).
"""

import math
import sys
import threading
import time

SOLAR_MASS = 4 * math.pi * math.pi
DAYS = 365.24


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx * DAYS
        self.vy = vy * DAYS
        self.vz = vz * DAYS
        self.mass = mass * SOLAR_MASS


def solar_system():
    sun = Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    jupiter = Body(
        4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
        0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023,
        0.000954791938424326609,
    )  # fmt: skip
    saturn = Body(
        8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
        -0.00276742510726411021, 0.00499852801234917238, 0.0000230417297573763929,
        0.000285885980666130812,
    )  # fmt: skip
    uranus = Body(
        12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
        0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556,
        0.0000436624404335156298,
    )  # fmt: skip
    neptune = Body(
        15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
        0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870,
        0.0000515138902046611451,
    )  # fmt: skip
    bodies = [sun, jupiter, saturn, uranus, neptune]
    sun.vx = -sum([b.vx * b.mass for b in bodies]) / SOLAR_MASS
    sun.vy = -sum([b.vy * b.mass for b in bodies]) / SOLAR_MASS
    sun.vz = -sum([b.vz * b.mass for b in bodies]) / SOLAR_MASS
    return bodies


def pull(a, b, dt):
    dx = a.x - b.x
    dy = a.y - b.y
    dz = a.z - b.z
    square = dx * dx + dy * dy + dz * dz
    strength = dt / (square * math.sqrt(square))
    by_a = a.mass * strength
    by_b = b.mass * strength
    a.vx -= dx * by_b
    a.vy -= dy * by_b
    a.vz -= dz * by_b
    b.vx += dx * by_a
    b.vy += dy * by_a
    b.vz += dz * by_a


def advance(bodies, pairs, dt):
    for a, b in pairs:
        pull(a, b, dt)
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def energy(bodies, pairs):
    total = 0.0
    for b in bodies:
        total += 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
    for a, b in pairs:
        dx = a.x - b.x
        dy = a.y - b.y
        dz = a.z - b.z
        total -= a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def work(size):
    bodies = solar_system()
    pairs = [(bodies[i], bodies[j]) for i in range(5) for j in range(i + 1, 5)]
    for _ in range(size):
        advance(bodies, pairs, 0.01)
    return f"{energy(bodies, pairs):.9f}"


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
