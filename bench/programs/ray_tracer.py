"""ray_tracer: floats, small objects and methods over a scene that all threads read.

Each thread renders the same picture of spheres on a plane, `size` pixels wide and high, without
writing anything that another sees.
"""

import math
import sys
import threading
import time

FAR = 1.0e9
NEAR = 1.0e-6
DEPTH = 2


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def minus(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def times(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self.times(1.0 / math.sqrt(self.dot(self)))

    def mirrored(self, normal):
        return self.minus(normal.times(2.0 * self.dot(normal)))


class Sphere:
    def __init__(self, centre, radius, brightness, mirror):
        self.centre = centre
        self.radius = radius
        self.brightness = brightness
        self.mirror = mirror

    def distance(self, origin, direction):
        """How far along the ray it is hit; FAR if it is missed."""
        to_centre = self.centre.minus(origin)
        along = to_centre.dot(direction)
        square = self.radius * self.radius - to_centre.dot(to_centre) + along * along
        if square < 0.0:
            return FAR
        half = math.sqrt(square)
        if along - half > NEAR:
            return along - half
        if along + half > NEAR:
            return along + half
        return FAR

    def normal(self, point):
        return point.minus(self.centre).unit()

    def brightness_at(self, point):
        return self.brightness


class Floor:
    def __init__(self, height):
        self.height = height
        self.mirror = 0.1
        self.up = Vector(0.0, 1.0, 0.0)

    def distance(self, origin, direction):
        if direction.y > -NEAR:
            return FAR
        along = (self.height - origin.y) / direction.y
        return along if along > NEAR else FAR

    def normal(self, point):
        return self.up

    def brightness_at(self, point):
        return 0.9 if (math.floor(point.x) + math.floor(point.z)) % 2 == 0 else 0.3


class Scene:
    def __init__(self):
        self.things = [Floor(-1.0)]
        for i in range(4):
            self.things.append(Sphere(Vector(i * 1.5 - 2.25, 0.0, 6.0 + i % 2), 0.9, 0.4 + 0.15 * i, 0.3))
        self.light = Vector(-4.0, 6.0, -2.0)

    def nearest(self, origin, direction):
        """The thing that a ray meets first, and how far away; None and FAR for the sky."""
        best = FAR
        found = None
        for thing in self.things:
            distance = thing.distance(origin, direction)
            if distance < best:
                best = distance
                found = thing
        return found, best

    def colour(self, origin, direction, depth):
        thing, distance = self.nearest(origin, direction)
        if thing is None:
            return 0.2 + 0.5 * max(direction.y, 0.0)
        point = origin.plus(direction.times(distance))
        normal = thing.normal(point)
        own = thing.brightness_at(point) * (0.1 + 0.9 * self.lit(point, normal))
        if depth == 0:
            return own
        mirrored = self.colour(point, direction.mirrored(normal).unit(), depth - 1)
        return own * (1.0 - thing.mirror) + mirrored * thing.mirror

    def lit(self, point, normal):
        to_light = self.light.minus(point)
        distance = math.sqrt(to_light.dot(to_light))
        direction = to_light.times(1.0 / distance)
        cosine = direction.dot(normal)
        if cosine <= 0.0:
            return 0.0
        _, reached = self.nearest(point, direction)
        return 0.0 if reached < distance else cosine


SCENE = Scene()
EYE = Vector(0.0, 0.5, -3.0)


def work(size):
    total = 0
    for row in range(size):
        for column in range(size):
            x = (column + 0.5) / size - 0.5
            y = 0.5 - (row + 0.5) / size
            shade = SCENE.colour(EYE, Vector(x, y, 1.0).unit(), DEPTH)
            total += int(255.0 * min(shade, 1.0))
    return total


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
