"""From objects of LDAP to the entries that all imports have in common, and the key by which each is known again.

The key is `objectGUID` or `entryUUID`, which no renaming changes; else the e-mail. Whoever had that key last time is
the same person, whatever they are called now; a new key is matched as in any list, by e-mail and name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NewType
from uuid import UUID

from api.ldap.ldif import Found
from api.settings.ldap import Ldap
from directory.changes import Kind
from directory.importing.entries import Entry, Said
from directory.importing.matching import People
from directory.importing.meanings import Meaning
from directory.model import Hall, PersonId
from directory.names import slug
from directory.report import Finding

Key = NewType("Key", str)
Keys = Mapping[Key, PersonId]
"""Who came from LDAP, and as whom."""

DISABLED = 2
"""The bit of `userAccountControl` that says so (Active Directory: ACCOUNTDISABLE)."""


@dataclass
class Read:
    """What was made of an answer of the server."""

    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Key] = field(default_factory=dict)
    """By the name of the object, which is the entry's `file`."""
    disabled: int = 0
    findings: list[Finding] = field(default_factory=list)


def entries_of(found: Iterable[Found], settings: Ldap, hall: Hall, known: Keys) -> Read:
    """Make an entry of everybody who is enabled and has a name; who has no unit must be somebody whom we know."""
    everybody = list(found)
    names = {each.dn.casefold(): _whole_name(each, settings) for each in everybody}
    enabled = [each for each in everybody if not _is_disabled(each)]
    entries = [Entry(Kind.PERSON, each.dn, 0, _said(each, settings, names)) for each in enabled]
    alike = Counter(_alike(entry) for entry in entries)
    people = People.of(hall.people.values())
    read = Read(disabled=len(everybody) - len(enabled))
    for each, entry in zip(enabled, entries, strict=True):
        key = key_of(each)
        person = known.get(key)
        if person in hall.people and alike[_alike(entry)] == 1:
            entry = replace(entry, said={Meaning.ID: (Said(str(person), "objectGUID"),), **entry.said})
        if why := _why_not(entry, people):
            read.findings.append(entry.finding(Meaning.UNIT, f"{why}: left out", "fill it in there"))
            continue
        read.entries.append(entry)
        read.keys[each.dn] = key
    return read


def key_of(found: Found) -> Key:
    """Return what an object is known by, whatever it is called."""
    if guid := found.values.get("objectguid"):
        return Key(f"guid:{UUID(bytes_le=guid[0]) if len(guid[0]) == 16 else guid[0].hex()}")
    for attribute, prefix in (("entryUUID", "uuid"), ("mail", "mail")):
        if texts := found.texts(attribute):
            return Key(f"{prefix}:{texts[0].lower()}")
    return Key(f"dn:{found.dn.casefold()}")


def _said(found: Found, settings: Ldap, names: Mapping[str, str]) -> dict[Meaning, tuple[Said, ...]]:
    """What the mapped attributes say; one that is not there says nothing, and what we have of it stays."""
    said = {}
    for meaning, attribute in settings.mapping.items():
        texts = tuple(names.get(text.casefold()) or text for text in found.texts(attribute))
        if texts:
            said[meaning] = tuple(Said(text, attribute) for text in texts)
    if Meaning.GIVEN in said and Meaning.SURNAME in said:
        said.pop(
            Meaning.NAME, None
        )  # "Przykładowa Anna", "A. Przykładowa (DEL)": shown names are for screens
    elif Meaning.NAME in said:
        said[Meaning.ANYBODY] = said.pop(Meaning.NAME)
    return said


def _whole_name(found: Found, settings: Ldap) -> str:
    """The name by which others refer to this object: a manager, an assistant."""
    parts = (settings.mapping.get(meaning, "") for meaning in (Meaning.GIVEN, Meaning.SURNAME))
    name = " ".join(text for part in parts for text in found.texts(part)[:1])
    shown = found.texts(settings.mapping.get(Meaning.NAME, ""))
    return name or next(iter(shown), "")


def _name(entry: Entry) -> str:
    whole = " ".join(filter(None, (entry.text(Meaning.GIVEN), entry.text(Meaning.SURNAME))))
    return whole or entry.text(Meaning.ANYBODY)


def _alike(entry: Entry) -> tuple[str, str]:
    """Two accounts of one name and unit are one person's: such are matched by what they say, not by their keys."""
    return slug(_name(entry)), slug(entry.text(Meaning.UNIT))


def _why_not(entry: Entry, people: People) -> str:
    """Why nobody can be made of an entry; empty if somebody can."""
    name, mail = _name(entry), entry.text(Meaning.EMAIL)
    if not name:
        return "it names nobody"
    known = Meaning.ID in entry or people.with_mail(mail) or len(people.named(name)) == 1
    if not (known or entry.text(Meaning.UNIT)):
        return "no unit is named there, and nobody here is called so"
    return ""


def _is_disabled(found: Found) -> bool:
    flags = found.texts("userAccountControl")
    return bool(flags) and flags[0].lstrip("-").isdecimal() and bool(int(flags[0]) & DISABLED)
