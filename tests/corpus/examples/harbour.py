"""A harbour, and when to leave it."""

from dataclasses import dataclass


# --8<-- [start:harbour]
@dataclass(frozen=True)
class Harbour:
    name: str
    sill: float

    def open(self, depth: float) -> bool:
        return depth > self.sill


# --8<-- [end:harbour]


def main() -> None:
    harbour = Harbour("Quayside", sill=1.5)
    for depth in (1.0, 2.0):
        print(harbour.name, depth, harbour.open(depth))
        #> Quayside 1.0 False
        #> Quayside 2.0 True


main()
