"""What ties people to each other and to matters: deputies, for whom they stand in, what they settle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from directory.importing.entries import Entry, listed
from directory.importing.matching import People
from directory.importing.meanings import Meaning
from directory.importing.person_names import person_name
from directory.model import Matter, MatterId, Person, PersonId
from directory.names import same_name, slug
from directory.report import Finding


@dataclass
class Ties:
    """Reads them, once everybody is known."""

    known: People
    matters: Mapping[MatterId, Matter]
    findings: list[Finding]
    _called: dict[str, list[MatterId]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for matter in self.matters.values():
            for name in {slug(matter.symbol), slug(matter.title)} - {""}:
                self._called.setdefault(name, []).append(matter.id)

    def read(self, entries: Mapping[PersonId, Entry]) -> None:
        """Read what everybody's entry says: their own deputies first, then those who name whom they stand in for."""
        for key, entry in entries.items():
            person = self.known.people[key]
            deputies = tuple(dict.fromkeys(it.id for it in self._meant(entry, Meaning.DEPUTIES, person)))
            matters = tuple(self._settled(entry))
            if deputies or matters:
                changed = replace(
                    person, deputies=deputies or person.deputies, matters=matters or person.matters
                )
                self.known.put(changed)
        for key, entry in entries.items():
            for absent in self._meant(entry, Meaning.STANDS_IN_FOR, self.known.people[key]):
                now = self.known.people[absent.id]
                if key not in now.deputies:
                    self.known.put(replace(now, deputies=(*now.deputies, key)))

    def _meant(self, entry: Entry, meaning: Meaning, person: Person) -> Iterable[Person]:
        """Yield the people whom a cell names."""
        text = entry.text(meaning)
        for sign in ",/\n":
            text = text.replace(sign, ";")
        for part in listed(text):
            if known := self.known.people.get(PersonId(part)):
                yield known
                continue
            name = person_name(part, Meaning.ANYBODY).whole
            found = [it for it in self.known.meant(name, person.unit) if it.id != person.id]
            if len(found) != 1:
                why = f"{part!r} is {'several people' if found else 'nobody else'} of the directory; not kept"
                self.findings.append(entry.finding(meaning, why, "write the whole name"))
                continue
            if not same_name(name, found[0].name):
                why = f"{part!r} was taken for {found[0].name}"
                self.findings.append(entry.finding(meaning, why, "write the whole name"))
            yield found[0]

    def _settled(self, entry: Entry) -> Iterable[MatterId]:
        """Yield the matters that a cell names by id, symbol or title."""
        for part in listed(entry.text(Meaning.MATTERS)):
            key = MatterId(part)
            found = [key] if key in self.matters else self._called.get(slug(part), [])
            if len(found) == 1:
                yield found[0]
            else:
                why = f"{part!r} is {'several matters' if found else 'no matter'} of the directory; not kept"
                self.findings.append(entry.finding(Meaning.MATTERS, why, "write the matter's id"))
