"""The fields of a person as an entry gives them: what it says counts, what it leaves empty stays as it was."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from directory.importing.declension import announced
from directory.importing.entries import Entry
from directory.importing.meanings import Meaning
from directory.importing.person_names import PersonName
from directory.importing.person_phones import PersonPhones
from directory.model import Person, Reached, UnitId
from directory.report import Finding

INSTRUMENTAL = 'write it as it stands after "Łączę z": "panią Anną Przykładową"'
_YES_NO = {"tak": True, "yes": True, "t": True, "nie": False, "no": False, "n": False}
_LANGUAGES = {
    "polski": "pl",
    "angielski": "en",
    "niemiecki": "de",
    "rosyjski": "ru",
    "ukraiński": "uk",
    "francuski": "fr",
    "hiszpański": "es",
    "włoski": "it",
    "czeski": "cs",
    "białoruski": "be",
}
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_ROOM = re.compile(r"^(?:pok(?:ój|\.)?|p\.|nr)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of one person before their fields are read."""

    entry: Entry
    name: PersonName
    unit: UnitId
    phones: PersonPhones
    reached: Reached
    """Where a new extension is reached, if the entry does not say."""


def overlaid(before: Person, given: Given, *, is_new: bool) -> tuple[Person, list[Finding]]:
    """Return the person with what the entry says, and what had to be decided. Raises DirectoryError."""
    entry, findings = given.entry, [*given.phones.findings]
    wanted: dict[str, Any] = {"unit": given.unit, **_name(before, given, findings, is_new=is_new)}
    wanted |= _numbers(before, given)
    position = entry.text(Meaning.POSITION) or given.name.position
    simple = {"position": position, "room": _room(entry), "email": _email(entry, findings)}
    wanted |= {field: text for field, text in simple.items() if text}
    cleared = (("position", Meaning.POSITION), ("room", Meaning.ROOM), ("email", Meaning.EMAIL))
    wanted |= {field: "" for field, meaning in cleared if is_cleared(entry, meaning)}
    if languages := _languages(entry, before, findings):
        wanted["languages"] = languages
    for field, meaning in (("accept_key", Meaning.ACCEPT_KEY), ("introduction", Meaning.INTRODUCTION)):
        if text := entry.text(meaning):
            wanted[field] = _yes(entry, meaning, text)
    return replace(before, **_kept(before, wanted)), findings


def is_cleared(entry: Entry, meaning: Meaning) -> bool:
    """Tell whether a cell says that there is none."""
    return entry.says(meaning) and not entry.text(meaning)


def left_empty(before: Person, entry: Entry) -> list[Meaning]:
    """Return the columns that are empty here although the directory has something."""
    has = {
        Meaning.EXTENSION: before.extension,
        Meaning.DIRECT: before.direct,
        Meaning.PHONES: before.direct or before.extension,
        Meaning.MOBILE: before.mobile,
        Meaning.EMAIL: before.email,
        Meaning.ROOM: before.room,
        Meaning.POSITION: before.position,
        Meaning.DEPUTIES: before.deputies,
        Meaning.MATTERS: before.matters,
    }
    return [
        meaning for meaning, value in has.items() if value and meaning in entry and not entry.says(meaning)
    ]


def _name(before: Person, given: Given, findings: list[Finding], *, is_new: bool) -> dict[str, str]:
    """Name, spoken and announced."""
    entry, name = given.entry, given.name
    meaning = named_by(entry)
    whole = before.name if _squeezed(entry.text(meaning)) == _squeezed(before.name) else name.whole
    renamed = is_new or whole != before.name
    spoken = entry.text(Meaning.SPOKEN) or (whole if renamed else before.spoken)
    kept = announced(name.given, name.surname) if renamed else before.announced
    declined = entry.text(Meaning.ANNOUNCED) or kept
    if name.doubt:
        findings.append(
            entry.finding(meaning, name.doubt, "write given name and surname as the heading says")
        )
    if name.remark:
        why = f"the remark {name.remark!r} was not kept"
        findings.append(entry.finding(meaning, why, "take it out of the name"))
    if re.search(r"\b\w\.", whole):
        findings.append(entry.finding(meaning, "an initial: a voice cannot say it", "write the whole name"))
    if not declined:
        why = 'how the name stands after "Łączę z" is not known; callers hear "Zgłosi się ..."'
        findings.append(entry.finding(meaning, why, INSTRUMENTAL))
    return {"name": whole, "spoken": spoken, "announced": declined}


def named_by(entry: Entry) -> Meaning:
    """Return the meaning of the column that names the person."""
    order = (Meaning.NAME, Meaning.SURNAME_FIRST, Meaning.ANYBODY, Meaning.SURNAME, Meaning.GIVEN)
    return next((meaning for meaning in order if entry.text(meaning)), Meaning.NAME)


def _numbers(before: Person, given: Given) -> dict[str, Any]:
    """Extension, direct number and mobile."""
    entry, phones = given.entry, given.phones
    wanted: dict[str, Any] = {}
    extension = phones.extension(before.extension.reached if before.extension else given.reached)
    if extension:
        wanted["extension"] = extension
    elif is_cleared(entry, Meaning.EXTENSION) or (
        is_cleared(entry, Meaning.PHONES) and Meaning.EXTENSION not in entry
    ):
        wanted["extension"] = None
    if direct := phones.number():
        wanted["direct"] = direct
    elif is_cleared(entry, Meaning.DIRECT) or (
        is_cleared(entry, Meaning.PHONES) and Meaning.DIRECT not in entry
    ):
        wanted["direct"] = None
    if phones.mobiles:
        wanted["mobile"] = phones.mobiles[0]
    elif is_cleared(entry, Meaning.MOBILE):
        wanted["mobile"] = None
    where = entry.text(Meaning.REACHED)
    known = wanted.get("extension", before.extension)
    if where and known:
        if where.lower() not in {it.value for it in Reached}:
            raise entry.fault(Meaning.REACHED, f"{where!r} is no place", 'write "here" or "trunk"')
        wanted["extension"] = replace(known, reached=Reached(where.lower()))
    return wanted


def _room(entry: Entry) -> str:
    """The room, behind the building if there is one."""
    room = _ROOM.sub("", entry.text(Meaning.ROOM))
    return ", ".join(part for part in (entry.text(Meaning.BUILDING), room) if part)


def _email(entry: Entry, findings: list[Finding]) -> str:
    text = entry.text(Meaning.EMAIL)
    found = _MAIL.findall(text)
    if text and not found:
        findings.append(entry.finding(Meaning.EMAIL, "no e-mail address; it was not kept", "write name@host"))
    if len(found) > 1:
        why = f"{len(found)} addresses: the first was taken"
        findings.append(entry.finding(Meaning.EMAIL, why, "leave one"))
    return found[0] if found else ""


def _languages(entry: Entry, before: Person, findings: list[Finding]) -> tuple[str, ...]:
    """Codes as they stand; words for languages, to which Polish comes by itself."""
    words = [
        word.strip().lower() for word in re.split(r"[;,/]", entry.text(Meaning.LANGUAGES)) if word.strip()
    ]
    if not words or words == [known.lower() for known in before.languages]:
        return before.languages
    codes = []
    for word in words:
        plain = word.removeprefix("język").removeprefix("j.").strip()
        code = _LANGUAGES.get(plain, plain if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", plain) else "")
        if code:
            codes.append(code)
        else:
            why = f"{word!r} is no language that is known here; it was not kept"
            findings.append(entry.finding(Meaning.LANGUAGES, why, 'write codes: "pl;en"'))
    in_words = any(word in _LANGUAGES for word in words)
    return tuple(dict.fromkeys(("pl", *codes) if in_words else codes)) or before.languages


def _yes(entry: Entry, meaning: Meaning, text: str) -> bool:
    if text.lower() not in _YES_NO:
        raise entry.fault(meaning, f"{text!r} is neither yes nor no", 'write "tak" or "nie"')
    return _YES_NO[text.lower()]


def _kept(before: Person, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Leave alone what differs in spaces only."""
    return {
        field: getattr(before, field)
        if isinstance(value, str) and _squeezed(value) == _squeezed(getattr(before, field) or "")
        else value
        for field, value in wanted.items()
    }


def _squeezed(text: str) -> str:
    return " ".join(text.split())
