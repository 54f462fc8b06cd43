"""What the application of the API is made of, and what a handler is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from api.http.auth import Door
from api.http.events import Streams
from api.http.health import Check
from api.metrics import Metrics
from api.tokens import Scope, Token
from callbacks.ports import TicketStore
from records.stores.calls import CallStore
from records.stores.transfers import TransferStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything the API reads from; built by the composition root."""

    calls: CallStore
    transfers: TransferStore
    tickets: TicketStore
    door: Door
    metrics: Metrics
    streams: Streams
    checks: Sequence[Check]
    version: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, past the door: its query read, and the token that opened (None where none is needed)."""

    request: web.Request
    values: Mapping[str, Any]
    token: Token | None

    @property
    def sees_personal(self) -> bool:
        """Whether numbers, names and spoken texts may be shown unmasked."""
        return self.token is not None and self.token.scope.includes(Scope.PERSONAL)
