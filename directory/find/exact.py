"""What is asked for by a sign instead of by words: the symbol of a card, an extension, a telephone number."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

from directory.find.text import fold
from directory.model import Hall, Matter, Person, Unit

Known = Matter | Unit | Person

SURE, BEGUN = 1.0, 0.8
SHORTEST = 3
"""Letters or digits from which a sign is looked for."""


class Signs:
    """The symbols and numbers of a hall."""

    def __init__(self, hall: Hall) -> None:
        symbols: dict[str, list[Known]] = defaultdict(list)
        for matter in hall.matters.values():
            for symbol in (matter.symbol, *matter.aliases):
                if len(symbol) <= 12 and (key := _compact(symbol)):
                    symbols[key].append(matter)
        numbers: dict[str, list[Known]] = defaultdict(list)
        for person in hall.people.values():
            if person.extension:
                numbers[person.extension.digits].append(person)
            if person.direct:
                numbers[_dialled(person.direct)].append(person)
        for unit in hall.units.values():
            if unit.line:
                numbers[unit.line.digits].append(unit)
            for number in (*unit.numbers, unit.short):
                if number:
                    numbers[_dialled(number)].append(unit)
        for matter in hall.matters.values():
            for number in matter.numbers:
                numbers[_dialled(number)].append(matter)
        self._symbols, self._numbers = _Table(symbols), _Table(numbers)

    def find(self, text: str) -> Iterator[tuple[Known, float]]:
        """Yield what bears this symbol or number; a begun one counts less."""
        key = _compact(text)
        if key.isascii() and key.isdigit():
            yield from self._numbers.of(_dialled(key))
        else:
            yield from self._symbols.of(key)


class _Table:
    """Signs in order, so that those that begin alike stand together."""

    def __init__(self, signs: Mapping[str, list[Known]]) -> None:
        self._signs = signs
        self._order = sorted(signs)

    def of(self, key: str) -> Iterator[tuple[Known, float]]:
        """Yield what bears this sign, then what bears one that begins so."""
        if len(key) < SHORTEST:
            return
        place = bisect_left(self._order, key)
        while place < len(self._order) and self._order[place].startswith(key):
            sign = self._order[place]
            for known in self._signs[sign]:
                yield known, SURE if sign == key else BEGUN
            place += 1


def _compact(text: str) -> str:
    """Return letters and figures alone: "DEL X" and "del-x" are one symbol."""
    return "".join(letter for letter in fold(text[:40]) if letter.isalnum())


def _dialled(number: str) -> str:
    """Return the digits as somebody here dials them, without the country."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return digits[2:] if len(digits) == 11 and digits.startswith("48") else digits
