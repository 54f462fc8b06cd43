"""What LDAP makes of the people here: one plan, told before anything is done, and saved at once or not at all.

LDAP decides of whom it brought, and of the fields that it has: its people come, change and go with it. Whoever was
entered here by hand stays, and so do all fields that no attribute says anything of (deputies, matters, spoken names).
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from api.ldap.entries import Key, Keys, entries_of
from api.ldap.ldif import Found
from api.phones.secrets import write_private
from api.settings.ldap import Ldap
from directory.changes import changes
from directory.importing.gone import without
from directory.importing.plan import Gone, Plan, Rules, planned
from directory.model import Hall, PersonId, Reached

KEYS = "ldap-keys.json"
"""In the state folder: who came from LDAP. Without it everybody is found again by e-mail and name, and nobody goes."""
FEW = 3
"""So many may always go: of a small office, each is a large share."""


@dataclass(frozen=True, slots=True)
class Sync:
    """What a sync would do."""

    plan: Plan
    """The hall after it, with its changes; `gone` are who came from LDAP, and are not there any more, or disabled."""
    disabled: int
    keys: Keys
    """To be kept once the hall is saved."""
    refused: str = ""
    """Why it must not be done unless somebody wants it so; empty if it may."""


def synced(found: Iterable[Found], settings: Ldap, hall: Hall, known: Keys) -> Sync:
    """Work out what these objects make of the hall. Raises DirectoryError with the object that cannot be read."""
    read = entries_of(found, settings, hall, known)
    rules = Rules(gone=Gone.KEEP, reached=Reached(settings.reached))
    plan = planned(hall, read.entries, rules, found=read.findings)
    keys = {read.keys[entry.file]: PersonId(id) for id, entry in plan.seen.items() if entry.file in read.keys}
    left = {id for key, id in known.items() if key not in keys} - set(keys.values())
    gone = tuple(person for person in plan.hall.people.values() if person.id in left)
    after, _ = without(plan.hall, gone)
    return Sync(
        replace(plan, hall=after, changes=changes(hall, after), gone=gone),
        disabled=read.disabled,
        keys=keys,
        refused=_too_many(len(gone), len(known), settings.most_gone),
    )


def kept_keys(state_dir: Path) -> dict[Key, PersonId]:
    """Return who came from LDAP at the last sync; nobody if it is not known."""
    with suppress(FileNotFoundError, ValueError):
        kept = json.loads((state_dir / KEYS).read_text("utf-8"))
        if isinstance(kept, dict):
            return {Key(key): PersonId(str(person)) for key, person in kept.items()}
    return {}


def keep_keys(state_dir: Path, keys: Keys) -> None:
    """Keep who came from LDAP, for the next sync. Raises OSError."""
    write_private(state_dir / KEYS, json.dumps(keys, indent=0, sort_keys=True))


def _too_many(gone: int, known: int, percent: float) -> str:
    if gone <= FEW or gone * 100 <= percent * known:
        return ""
    return (
        f"{gone} of {known} people would go, more than {percent:g} % (ldap.most_gone): is ldap.base right, and may the "
        "account read everybody? If they are to go, say so with --let-them-go."
    )
