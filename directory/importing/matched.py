"""Whom of the directory each row of a list means: by id, by e-mail, by name in the same unit, by name alone.

It is decided for all rows by the surest way before the next way is tried, and before anything is changed. An office's
shared mailbox means nobody, and one that has passed to a successor does not make the successor of the one before.
"""

from collections import Counter
from dataclasses import dataclass, field

from directory.importing.matching import People
from directory.importing.meanings import Meaning
from directory.importing.person_fields import named_by
from directory.importing.same_people import Candidate
from directory.model import Person, PersonId
from directory.names import same_name, short_slug, slug
from directory.report import Finding

TELL_APART = "add a column of e-mails or ids"


@dataclass
class Matching:
    """The rows of a list and the people of the directory, being brought together."""

    candidates: list[Candidate]
    known: People
    findings: list[Finding]
    _taken: set[PersonId] = field(default_factory=set)

    def match(self) -> None:
        """Find out whom each candidate means."""
        for each in self.candidates:
            self._claim(each, self.known.people.get(PersonId(short_slug(each.entry.text(Meaning.ID)))))
        self._by_mail()
        for each in self._open:
            self._by_name_and_unit(each)
        names = Counter(slug(each.name.whole) for each in self._open)
        for each in self._open:
            self._by_name_alone(each, only=names[slug(each.name.whole)] == 1)

    @property
    def _open(self) -> list[Candidate]:
        return [each for each in self.candidates if each.means is None]

    def _by_mail(self) -> None:
        shared = Counter(each.entry.text(Meaning.EMAIL).lower() for each in self.candidates)
        for each in self._open:
            mail = each.entry.text(Meaning.EMAIL)
            person = self.known.with_mail(mail) if shared[mail.lower()] == 1 else None
            if person is None or same_name(person.name, each.name.whole):
                self._claim(each, person)
            elif set(slug(person.name).split("-")) & set(slug(each.name.whole).split("-")):
                self._tell(
                    each, f"in the directory this is the e-mail of {person.name}: taken for the same person"
                )
                self._claim(each, person)
            else:
                self._tell(
                    each, f"in the directory this is the e-mail of {person.name}: taken for another person"
                )

    def _by_name_and_unit(self, each: Candidate) -> None:
        same = [
            it
            for it in self.known.named(each.name.whole)
            if it.unit == each.unit and it.id not in self._taken
        ]
        if len(same) > 1:
            self._tell(each, f"several people of this unit are called so: taken for {same[0].id!r}")
        self._claim(each, next(iter(same), None))

    def _by_name_alone(self, each: Candidate, *, only: bool) -> None:
        named = self.known.named(each.name.whole)
        mail = each.entry.text(Meaning.EMAIL).lower()
        left = [
            it
            for it in named
            if it.id not in self._taken and not (mail and it.email and mail != it.email.lower())
        ]
        if len(left) == 1 and only:
            if each.unit is not None:
                self._tell(
                    each, f"in the directory this is somebody of {left[0].unit!r}: taken for the same person"
                )
            self._claim(each, left[0])
        elif named or not only:
            self._tell(each, "somebody of this name is in another unit, too: taken for another person")

    def _claim(self, candidate: Candidate, person: Person | None) -> None:
        if person is not None and person.id not in self._taken:
            candidate.means = person.id
            self._taken.add(person.id)

    def _tell(self, each: Candidate, why: str) -> None:
        self.findings.append(each.entry.finding(named_by(each.entry), why, TELL_APART))
