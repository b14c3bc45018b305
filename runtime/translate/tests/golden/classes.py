class Base:
    limit = 3

    def __init__(self, size):
        self.__size = size


class Derived(Base):
    def __init__(self, size):
        super().__init__(size + self.limit)
        self.sizes = [n for n in range(size)]

    @property
    def first(self):
        return self.sizes[0]
