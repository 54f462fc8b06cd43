"""Two people whom a process before us connected: they talk on, and nobody is left behind in silence."""

from collections.abc import Callable

from telephony.ari.events import ChannelDestroyed, Event, HangupRequest, StasisEnd, Transfer
from telephony.ari.exchange import Exchange
from telephony.ari.reconcile import Couple
from telephony.ari.tasks import let_end
from telephony.values import Progress


class Pair:
    """Watches a couple; when one puts down, the other's connection is ended and the bridge taken away."""

    def __init__(self, exchange: Exchange, couple: Couple, on_end: Callable[["Pair"], None]) -> None:
        self.channels = frozenset({couple.caller, couple.leg})
        self._exchange = exchange
        self._couple = couple
        self._on_end = on_end
        self._over = False
        for channel in self.channels:
            exchange.dispatch.watch(channel, self.feed)

    def feed(self, event: Event) -> None:
        """Take an event of one of the two in."""
        match event:
            case HangupRequest() | StasisEnd() | ChannelDestroyed():
                self.end()
            case Transfer(echo=False):  # nobody tells a story here in which it could be made
                refusal = self._exchange.commands.report_transfer(event.about, Progress.FAILED)
                self._exchange.errands.run(let_end(refusal))
            case _:
                pass

    def end(self) -> None:
        """One of them has gone."""
        if not self._over:
            self._over = True
            for channel in self.channels:
                self._exchange.dispatch.forget(channel)
            self._exchange.errands.run(self._part())
            self._on_end(self)

    async def _part(self) -> None:
        commands = self._exchange.commands
        for channel in sorted(self.channels):
            await let_end(commands.hang_up(channel))
        await let_end(commands.end_bridge(self._couple.bridge))
