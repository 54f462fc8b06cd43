"""The host's phone during a talk: what it tells, as events of the talk table and requests of its owner."""

import asyncio
from collections.abc import Callable

from callflows.talk.codes import PAUSE, Dialled, Keys
from callflows.talk.log import TalkLog
from callflows.talk.requests import Request, by_keys, by_transfer_key
from callflows.talk.table import Event, State
from telephony.call import Leg
from telephony.values import Ended, KeyPressed, LegEnded, LegEvent, PhoneHolds, PhoneResumes, TransferAsked


class HostPhone:
    """Listens to one leg, as long as its owner has the caller; `state` is where the talk stands."""

    def __init__(
        self, leg: Leg, log: TalkLog, post: Callable[[Event | Request], None], state: Callable[[], State]
    ) -> None:
        self.holds = False
        """Whether the phone has put the line on hold by its own key: its owner hears nothing."""
        self._leg, self._log, self._post, self._state = leg, log, post, state
        self._keys = Keys()

    async def listen(self) -> None:
        """Turn everything it tells into events and requests, to its end."""
        told: LegEvent | None = None
        while not isinstance(told, LegEnded):
            try:
                async with asyncio.timeout(PAUSE if self._keys.pending else None):
                    told = await self._leg.next()
            except TimeoutError:
                self._dialled(self._keys.pause())
            else:
                self._hear(told)

    def _hear(self, told: LegEvent) -> None:
        match told:
            case LegEnded(why) if why not in (Ended.STOPPED, Ended.PBX_RESTARTED):
                # A restart of the PBX ends the caller's leg, too: that says it all.
                self._post(Event.HOST_LEFT_ON_HOLD if self.holds else Event.HOST_LEFT)
            case KeyPressed(key):
                self._dialled(self._keys.press(key))
            case TransferAsked():
                self._post(by_transfer_key(told))
            case PhoneHolds():
                self.holds = True
                if self._state() in (State.TALKING, State.BACK):
                    self._log.hold_began(by_phone=True)
            case PhoneResumes():
                self.holds = False
                if self._state() is State.HELD:
                    self._post(Event.RESUME)
                else:
                    self._log.hold_ended()

    def _dialled(self, dialled: Dialled | None) -> None:
        if dialled is not None:
            self._post(by_keys(dialled, self._state()))
