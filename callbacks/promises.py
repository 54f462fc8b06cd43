"""Makes promises to call back: `KeepsPromises` is what the stories know as `callflows.ports.Promises`."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakValueDictionary

from callbacks.due import due_time
from callbacks.ports import TicketIdTaken, TicketsAway, TicketStore
from callbacks.ticket import Ticket, new_ticket_id
from callflows.facts import TicketId
from callflows.ports import CallbackWish, Clock, Promise, PromiseRefused
from directory.hours import NeverOpens
from directory.model import Hall
from directory.numbers import for_callback

TRIES = 8
"""Ids drawn before we give up: of 900,000, with 10,000 in use, the chance of eight misses is one in 10^15."""

log = logging.getLogger(__name__)


class KeepsPromises:
    """Turns a caller's wish into a durable ticket with a due time."""

    def __init__(
        self,
        store: TicketStore,
        hall: Callable[[], Hall],
        clock: Clock,
        *,
        ids: Callable[[], TicketId] = new_ticket_id,
    ) -> None:
        self._store = store
        self._hall = hall
        self._clock = clock
        self._ids = ids
        self._ordering: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def promise(self, wish: CallbackWish) -> Promise:
        """Return once the ticket is durable. The same call and number again returns the same promise.

        So does the same number about the same matter, as long as the hall owes that call: who orders five hundred
        callbacks is called once. Raises PromiseRefused, with a Polish reason for the record, if the number must not
        be dialled, the hall never opens, or the ticket could not be stored.
        """
        hall, now = self._hall(), self._clock.now()
        verdict = for_callback(hall, wish.number)
        if verdict.e164 is None:
            raise PromiseRefused(verdict.reason.value)
        try:
            due = due_time(hall, now)
        except NeverOpens as never:
            log.error("no promise for call %s: %s", wish.call, never)
            raise PromiseRefused("urząd nie ma godzin pracy") from never
        ticket = Ticket(
            id=self._ids(),
            call=wish.call,
            number=verdict.e164,
            matter=wish.matter,
            unit=wish.unit,
            language=wish.language,
            created=now,
            due=due,
        )
        async with self._one_after_another(ticket.number):
            kept = await self._owed_already(ticket) or await self._keep(ticket)
        return Promise(kept.id, kept.due)

    def _one_after_another(self, number: str) -> asyncio.Lock:
        """Two calls of one number that order at the same moment are one promise, too."""
        return self._ordering.setdefault(number, asyncio.Lock())

    async def _owed_already(self, ticket: Ticket) -> Ticket | None:
        """The promise that this would only repeat. Who cannot be told of one gets another, rather than none."""
        try:
            owed = await self._store.owed(ticket.number, ticket.matter, ticket.unit, ticket.created)
        except TicketsAway as away:
            log.warning("whether call %s repeats a promise is not known: %s", ticket.call, away)
            return None
        if owed is not None:
            log.info("call %s repeats the promise %s", ticket.call, owed.id)
        return owed

    async def _keep(self, ticket: Ticket) -> Ticket:
        """Store the ticket, under another id if its own is taken."""
        for _ in range(TRIES):
            try:
                return await self._store.add(ticket)
            except TicketIdTaken:
                ticket = replace(ticket, id=self._ids())
            except TicketsAway as away:
                log.warning("no promise for call %s: the tickets are away (%s)", ticket.call, away)
                raise PromiseRefused("nie można zapisać zgłoszenia") from away
        log.error("no promise for call %s: %d ticket ids in a row were taken", ticket.call, TRIES)
        raise PromiseRefused("zabrakło numerów zgłoszeń")
