"""What all calls of one in-memory world share: the phones, every leg, and what is alive."""

from collections.abc import Callable, Collection
from datetime import datetime
from itertools import count

from telephony.values import Caller, CallId, Ended, LegId, PromptName, Target
from tests.fakes.memory.bell import Alive
from tests.fakes.memory.leg import MemoryLeg
from tests.fakes.memory.party import Party


class RungParty(Party):
    """Whoever can be rung; this one is nobody."""

    def invite(self, leg: MemoryLeg, caller: Caller) -> None:
        """An INVITE arrives."""
        leg.end(Ended.UNREACHABLE, "not registered")


class Exchange:
    """Rings phones for calls, and knows which leg belongs to which."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.alive = Alive()
        self.lost: set[PromptName] = set()
        self.phones: dict[str, RungParty] = {}
        self._legs: dict[CallId, list[MemoryLeg]] = {}
        self._left: dict[CallId, list[MemoryLeg]] = {}
        self._made_by: dict[CallId, str] = {}
        self._ids = count(1)

    def new_call(self, phone: str) -> CallId:
        """An id for a call that this phone makes; empty for a citizen's. Like Asterisk's, it says when it began."""
        call = CallId(f"{self._now().timestamp():.0f}.{next(self._ids)}")
        self._made_by[call] = phone
        return call

    def legs_of(self, call: CallId) -> list[MemoryLeg]:
        """The legs that this call has, and had."""
        return self._legs.get(call, [])

    def dial(self, call: CallId, caller: Caller, target: Target) -> MemoryLeg:
        """Ring the phone of this number, or nobody."""
        leg_id = LegId(f"leg-{next(self._ids)}")
        phone = self.phones.get(target.number) or RungParty(f"nobody at {target.number}")
        leg = MemoryLeg(leg_id, target, phone, self.alive, self.lost)
        self._legs.setdefault(call, []).append(leg)
        phone.invite(leg, caller)
        return leg

    def take_over(self, call: CallId, leg_id: LegId) -> MemoryLeg:
        """One left behind, or an answered leg of a call that a phone of this one has made; any other is UNREACHABLE."""
        for left in self.left_behind(call):
            if left.id == leg_id:
                self._left[call].remove(left)
                return left
        phones = {leg.target.number for leg in self.legs_of(call)}
        theirs = [other for other, phone in self._made_by.items() if other != call and phone in phones]
        legs = [leg for other in theirs for leg in self.legs_of(other)]
        there = [leg for leg in legs if leg.id == leg_id and leg.answered and leg.ended is None]
        if there:
            taken = there[0].hand_over()
        else:
            taken = MemoryLeg(leg_id, Target(""), RungParty("nobody"), self.alive, self.lost)
            taken.end(Ended.UNREACHABLE, "no such leg")
        self._legs.setdefault(call, []).append(taken)
        return taken

    def settle(self, up: Collection[CallId]) -> None:
        """A process begins, and these calls are up: what the one before has left is theirs, or nobody's and ends."""
        for call, legs in self._legs.items():
            for place, leg in enumerate(legs):
                if leg.ended is not None or not leg.left_alone:
                    continue
                if leg.answered and call in up:
                    legs[place] = leg.goes_on()
                    self._left.setdefault(call, []).append(legs[place])
                else:
                    leg.is_stopped()

    def left_behind(self, call: CallId) -> list[MemoryLeg]:
        """The answered legs of a process before us that this call has not taken over."""
        return [leg for leg in self._left.get(call, []) if leg.ended is None]

    def pbx_restarts(self) -> None:
        """Every leg is gone at once."""
        for legs in self._legs.values():
            for leg in legs:
                leg.end(Ended.PBX_RESTARTED)
