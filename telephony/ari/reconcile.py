"""What to do about what Asterisk has after a (re)connection: pure, from two lists to one plan.

Asterisk sends no second StasisStart and replays nothing, while calls, bridges and music go on without us.
So every connection begins with looking: what we know and is not listed has ended meanwhile; what is
listed under our names and we do not know was begun by a process before us.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from telephony.ari.ids import RUNG, Names
from telephony.ari.snapshots import BridgeSnapshot, ChannelSnapshot


@dataclass(frozen=True, slots=True)
class Couple:
    """A citizen and a colleague whom a process before us has connected."""

    bridge: str
    caller: str
    leg: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What reconciling shall do."""

    lost: tuple[str, ...]
    """Channels that we know and that are no more: calls, legs, parties of couples."""
    resume: tuple[ChannelSnapshot, ...]
    """Citizens on the line with nobody to care for them."""
    couples: tuple[Couple, ...]
    """They go on talking and are watched."""
    end_channels: tuple[str, ...]
    """Phones of ours that ring or wait for nobody, and what Asterisk made to follow a redirection."""
    end_bridges: tuple[str, ...]


def plan(
    names: Names,
    app: str,
    channels: Sequence[ChannelSnapshot],
    bridges: Sequence[BridgeSnapshot],
    *,
    settled: Collection[str],
    known: Collection[str],
) -> Plan:
    """Compare. `settled` are our channels from before the lists were asked for, `known` all that we have now."""
    listed = {channel.id for channel in channels}
    strangers = [channel for channel in channels if channel.id not in known]
    ours = [channel for channel in strangers if channel.stasis[:1] == (app,) or names.is_leg(channel.id)]
    legs = {channel.id for channel in ours if names.is_leg(channel.id)}
    strays = {channel.id for channel in ours if channel.stasis[1:2] == (RUNG,)} - legs
    citizens = {channel.id for channel in ours} - legs - strays

    old = [one for one in bridges if names.is_bridge(one.id) and not names.is_of_this_process(one.id)]
    couples = [couple for one in old if (couple := _couple(names, one, citizens, legs)) is not None]
    talking = {party for couple in couples for party in (couple.caller, couple.leg)}
    kept = {couple.bridge for couple in couples}
    return Plan(
        lost=tuple(sorted(set(settled) - listed)),
        resume=tuple(channel for channel in ours if channel.id in citizens - talking),
        couples=tuple(couples),
        end_channels=tuple(sorted((legs | strays) - talking)),
        end_bridges=tuple(one.id for one in old if one.id not in kept),
    )


def _couple(
    names: Names, bridge: BridgeSnapshot, citizens: Collection[str], legs: Collection[str]
) -> Couple | None:
    callers = [channel for channel in bridge.channels if channel in citizens]
    colleagues = [channel for channel in bridge.channels if channel in legs]
    if not names.is_talk(bridge.id) or not callers or not colleagues:
        return None
    return Couple(bridge.id, callers[0], colleagues[0])
