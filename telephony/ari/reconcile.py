"""What to do about what Asterisk has after a (re)connection: pure, from two lists to one plan.

Asterisk sends no second StasisStart and replays nothing, while calls, bridges and music go on without us.
So every connection begins with looking: what we know and is not listed has ended meanwhile; what is
listed under our names and we do not know was begun by a process before us.

A citizen's call is known by the id of its channel; a phone that we rang carries it (`HALO_CALL`). So who belongs
together is read from the list alone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from telephony.ari.ids import RUNG, Names
from telephony.ari.snapshots import BridgeSnapshot, ChannelSnapshot


@dataclass(frozen=True, slots=True)
class Party:
    """A channel of a call, and the bridge in which it talks with another of the same call; "" if in none."""

    channel: ChannelSnapshot
    talk: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A call that a process before us has left on the line: whoever talks goes on talking."""

    caller: Party
    legs: tuple[Party, ...] = ()
    """Those who have answered. Whoever still rings is ended: nobody would be there if they answered now."""

    @property
    def talks(self) -> frozenset[str]:
        """The bridges in which two of them talk."""
        return frozenset(party.talk for party in (self.caller, *self.legs) if party.talk)


@dataclass(frozen=True, slots=True)
class Plan:
    """What reconciling shall do."""

    lost: tuple[str, ...]
    """Channels that we know and that are no more: calls and legs."""
    resume: tuple[Found, ...]
    """Calls on the line with nobody to care for them, in the order in which they came: a queue goes by it."""
    end_channels: tuple[str, ...]
    """Phones of ours that ring or wait for nobody, and what Asterisk made to follow a redirection."""
    end_bridges: tuple[str, ...]
    """Empty ones, and those in which somebody is alone."""


def plan(
    names: Names,
    app: str,
    channels: Sequence[ChannelSnapshot],
    bridges: Sequence[BridgeSnapshot],
    *,
    settled: Collection[str],
    known: Collection[str],
) -> Plan:
    """Compare. `settled` are our channels from before the lists were asked for, `known` all that we have now.

    Asterisk walks through its channels while they change, and lists one that does twice (seen with 22.10.1: its
    `ao2` iterator meets the old and the new snapshot): the later counts.
    """
    listed = {channel.id: channel for channel in channels}
    strangers = [channel for channel in listed.values() if channel.id not in known]
    ours = [channel for channel in strangers if channel.stasis[:1] == (app,) or names.is_leg(channel.id)]
    rung = [channel for channel in ours if names.is_leg(channel.id) or channel.stasis[1:2] == (RUNG,)]
    phones = {channel.id for channel in rung}
    callers = {channel.id: channel for channel in ours if channel.id not in phones}
    legs = [leg for leg in rung if names.is_leg(leg.id) and leg.state == "Up" and leg.call in callers]

    call_of = {leg.id: leg.call for leg in legs} | {caller: caller for caller in callers}
    old = [one for one in bridges if names.is_talk(one.id) and not names.is_of_this_process(one.id)]
    talks = dict(_talks(old, call_of))
    resume = tuple(
        Found(
            Party(caller, talks.get(caller.id, "")),
            tuple(Party(leg, talks.get(leg.id, "")) for leg in legs if leg.call == caller.id),
        )
        for caller in sorted(callers.values(), key=_arrival)
    )
    kept = {bridge for found in resume for bridge in found.talks}
    return Plan(
        lost=tuple(sorted(set(settled) - listed.keys())),
        resume=resume,
        end_channels=tuple(sorted(phones - call_of.keys())),
        end_bridges=tuple(one.id for one in old if one.id not in kept),
    )


def _arrival(channel: ChannelSnapshot) -> tuple[int, int]:
    """When it came, by its id ("hall-1763850000.17"): the second, and how many had come before it."""
    second, _, count = channel.id.rpartition("-")[2].partition(".")
    return (int(second), int(count)) if second.isdecimal() and count.isdecimal() else (0, 0)


def _talks(bridges: Iterable[BridgeSnapshot], call_of: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Who is in which bridge, of all that have another of the same call with them."""
    for bridge in bridges:
        there = Counter(call_of[one] for one in bridge.channels if one in call_of)
        for one in bridge.channels:
            if one in call_of and there[call_of[one]] >= 2:
                yield one, bridge.id
