"""Who hears an event: one table by id of channel or playback, and one ear for strangers."""

from collections.abc import Callable

from telephony.ari.events import Event

Feed = Callable[[Event], None]
"""Takes an event in, without waiting: it is called by the reader of the socket."""


class Dispatch:
    """aioari asks every listener about every event; this asks a dict once."""

    def __init__(self, stranger: Feed) -> None:
        self._table: dict[str, Feed] = {}
        self._stranger = stranger

    def watch(self, about: str, feed: Feed) -> None:
        """From now on `feed` hears what is about this id. Do it before Asterisk is asked for the thing."""
        self._table[about] = feed

    def forget(self, about: str) -> None:
        """Nobody is interested any more; a second time is no error."""
        self._table.pop(about, None)

    def deliver(self, event: Event) -> None:
        """Put the event to the one concerned."""
        self._table.get(event.about, self._stranger)(event)

    def repeat(self, event: Event) -> None:
        """Put an event that came too early to the one concerned, if there is one now."""
        if event.about in self._table:
            self._table[event.about](event)
