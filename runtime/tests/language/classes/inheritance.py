"""One base class: methods and attributes are found along the line."""


class Animal:
    legs = 4

    def __init__(self, name):
        self.name = name

    def sound(self):
        return "..."

    def speak(self):
        return f"{self.name} says {self.sound()}"


class Dog(Animal):
    def sound(self):
        return "woof"


class Puppy(Dog):
    def sound(self):
        return super().sound() + "!"

    def speak(self):
        return super().speak().upper()


class Bird(Animal):
    legs = 2

    def __init__(self, name, wings=2):
        super().__init__(name)
        self.wings = wings


for animal in (Animal("a"), Dog("d"), Puppy("p"), Bird("b"), Bird("c", wings=1)):
    print(animal.speak(), animal.legs, getattr(animal, "wings", None), type(animal).__name__)
print(isinstance(Puppy("x"), Animal), issubclass(Puppy, Dog), issubclass(Dog, Puppy), isinstance(5, Animal))
print(isinstance(Puppy("x"), (int, Dog)), issubclass(Animal, object), type(Puppy("x")) is Puppy)
Animal.legs = 5
print(Puppy("p").legs, Bird("b").legs)
print(Dog.sound(Puppy("p")), Animal.sound(None))
