"""Who may do what with the directory: everybody reads it, and says when they are away themselves.

| role | reads | changes it | absences of others | history | undo, hygiene |
|---|---|---|---|---|---|
| clerk | yes | no | no | no | no |
| supervisor, administrator | yes | yes | yes | yes | yes |
| data-protection officer | yes | no | no | yes | no |
"""

from api.pages.visit import Visit
from directory.model import PersonId
from records.account_views import Role

READERS = frozenset(Role)
EDITORS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
HISTORIANS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.PROTECTION})


def may_edit(visit: Visit) -> bool:
    """Whether the visitor may change the directory."""
    return visit.account.is_any(EDITORS)


def may_see_history(visit: Visit) -> bool:
    """Whether the visitor may read who changed what."""
    return visit.account.is_any(HISTORIANS)


def may_speak_for(visit: Visit, person: PersonId) -> bool:
    """Whether the visitor may say when this person is away: it is themselves, or they answer for others."""
    return visit.account.person == person or may_edit(visit)
