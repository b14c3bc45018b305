"""Properties: computed, checked, deleted, inherited."""


class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < -273.15:
            raise ValueError("below absolute zero")
        self._degrees = value

    @degrees.deleter
    def degrees(self):
        print("forgotten")
        self._degrees = 0

    @property
    def fahrenheit(self):
        return self._degrees * 9 / 5 + 32

    def _get_kelvin(self):
        return self._degrees + 273

    def _set_kelvin(self, value):
        self.degrees = value - 273

    kelvin = property(_get_kelvin, _set_kelvin)


class Exact(Celsius):
    @property
    def fahrenheit(self):
        return round(super().fahrenheit)


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def set_to(thing, name, value):
    setattr(thing, name, value)


for kind in (Celsius, Exact):
    t = kind(21)
    print(t.degrees, t.fahrenheit, t.kelvin, t._degrees)
    for i in range(3):
        t.degrees += 0.5
        t.kelvin -= 1
        print(t.degrees, t.fahrenheit)
    attempt(lambda: set_to(t, "degrees", -300))
    attempt(lambda: set_to(t, "fahrenheit", 1))
    attempt(lambda: kind(-274))
    del t.degrees
    print(t.degrees, getattr(t, "fahrenheit"), hasattr(t, "kelvin"), hasattr(t, "rankine"))
    try:
        del t.fahrenheit
    except AttributeError as error:
        print(error)
print(type(Celsius.degrees).__name__, type(Celsius.kelvin) is property)


class Failing:
    @property
    def broken(self):
        return self.missing

    @property
    def zero(self):
        return 1 / 0


attempt(lambda: Failing().broken)
attempt(lambda: Failing().zero)
print(hasattr(Failing(), "broken"))
