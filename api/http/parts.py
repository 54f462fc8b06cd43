"""What the application of the API is made of, and what a handler is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from api.http.auth import Door
from api.http.events import Streams
from api.http.health import Check
from api.metrics import Metrics
from api.numbers import NumbersOnLine
from api.office.office import Office
from api.pages.parts import PageParts
from api.tokens import Scope, Token
from callbacks.ports import TicketStore
from callflows.ports import House
from records.stores.calls import CallStore
from records.stores.presence import PresenceStore
from records.stores.transfers import TransferStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything the API reads from, and the house that it gives commands to; built by the composition root."""

    house: House
    numbers: NumbersOnLine
    calls: CallStore
    transfers: TransferStore
    tickets: TicketStore
    presence: PresenceStore
    door: Door
    metrics: Metrics
    streams: Streams
    checks: Sequence[Check]
    pages: PageParts
    office: Office
    version: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, past the door: its query and body read, and the token that opened (None where none is needed)."""

    request: web.Request
    values: Mapping[str, Any]
    token: Token | None
    body: Any = None

    @property
    def path(self) -> Mapping[str, str]:
        """The names in the path, by the words of the route's pattern."""
        return self.request.match_info

    @property
    def by(self) -> str:
        """Who asks, for the record: the token's name."""
        return self.token.name if self.token is not None else ""

    @property
    def sees_personal(self) -> bool:
        """Whether numbers, names and spoken texts may be shown unmasked."""
        return self.token is not None and self.token.scope.includes(Scope.PERSONAL)

    @property
    def sees_mobiles(self) -> bool:
        """Whether officials' mobiles may be shown unmasked."""
        return self.sees_personal or (self.token is not None and self.token.scope.includes(Scope.DIRECTORY))
