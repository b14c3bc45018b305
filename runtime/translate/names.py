"""Reading, binding and deleting names, wherever they live."""

from __future__ import annotations

from typing import Optional

from .code import Register
from .frame import Frame

LOADS = {"global": "LOADGLOBAL", "name": "LOADNAME"}
STORES = {"global": "STOREGLOBAL", "name": "STORENAME"}
DELETES = {"global": "DELGLOBAL", "name": "DELNAME"}


class Names(Frame):
    def lies_in_register(self, name: str) -> bool:
        """Whether the name may be read where it is. One that the same expression may assign to
        (`:=`) is loaded instead, so that its old value counts."""
        changing = self.scope.mangle(name) in self.scope.frame().assigned_within
        return self.place(name).kind == "local" and not changing

    def borrow_name(self, name: str) -> Optional[Register]:
        """The register of a local, to be read where it is; None if it has to be loaded."""
        if not self.lies_in_register(name):
            return None
        register = self.place(name).number
        self.check_bound(register, name)
        return Register(register)

    def check_bound(self, register: int, name: str) -> None:
        if self.reachable and register not in self.code.bound:
            self.emit("CHECK", Register(register), self.name(name))
            self.code.written(register)

    def load_name(self, name: str, destination: Optional[int]) -> int:
        place = self.place(name)
        if place.kind == "local":
            self.check_bound(place.number, name)
            return self.move(Register(place.number), destination)
        if place.kind == "cell":
            return self.emit_to(destination, "LOADCELL", Register(place.number))
        if place.kind == "free":
            return self.emit_to(destination, "LOADFREE", place.number)
        return self.emit_to(destination, LOADS[place.kind], self.name(name))

    def move(self, source: Register, destination: Optional[int]) -> int:
        if destination == source.number:
            return destination
        return self.emit_to(destination, "MOVE", source)

    def store_name(self, name: str, value: Register) -> None:
        place = self.place(name)
        if place.kind == "local":
            self.move(value, place.number)
        elif place.kind == "cell":
            self.emit("STORECELL", Register(place.number), value)
        elif place.kind == "free":
            self.emit("STOREFREE", value, place.number)
        else:
            self.emit(STORES[place.kind], value, self.name(name))

    def delete_name(self, name: str) -> None:
        place = self.place(name)
        if place.kind == "local":
            self.check_bound(place.number, name)
            self.clear(place.number)
        elif place.kind == "cell":
            self.emit("DELCELL", Register(place.number))
        elif place.kind == "free":
            self.emit("DELFREE", place.number)
        else:
            self.emit(DELETES[place.kind], self.name(name))

    def forget_name(self, name: str) -> None:
        """Deletes a name that may be deleted already: at the end of `except ... as name`."""
        place = self.place(name)
        if place.kind == "local":
            self.clear(place.number)
            return
        none = self.emit_to(None, "LOADK", self.constant(None))
        self.store_name(name, Register(none, last=True))
        self.top = none
        self.delete_name(name)

    def own_register(self, name: str) -> Optional[int]:
        """The register of a local that an expression may be evaluated into."""
        place = self.place(name)
        return place.number if place.kind == "local" else None
