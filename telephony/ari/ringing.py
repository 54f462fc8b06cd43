"""Asking Asterisk to ring a phone, and what it means when it will not."""

import re

from telephony.ari.classify import NOT_REGISTERED
from telephony.ari.errors import AriRefused, Gone, ServerFailed
from telephony.ari.exchange import Exchange
from telephony.ari.ids import RUNG
from telephony.ari.snapshots import ChannelSnapshot
from telephony.ari.tasks import let_end
from telephony.errors import PbxAway
from telephony.values import Behind, CallId, Ended, LegEnded, LegId, Target

DIALABLE = re.compile(r"\+?[0-9A-Za-z_*#]{1,32}")
"""What may stand in an endpoint's name: nothing that would reach another endpoint or address."""


async def ring(
    exchange: Exchange, leg: LegId, call: CallId, target: Target, originator: str | None
) -> LegEnded | None:
    """Ask for it under the id `leg`; gives how it ended if nothing rings.

    `originator` is the caller's channel, whose number the phone is shown; None for a withheld one.
    """
    if not DIALABLE.fullmatch(target.number):
        return LegEnded(Ended.UNREACHABLE, "not a number")
    settings = exchange.settings
    behind = "" if target.behind is Behind.HERE else f"@{settings.trunk}"
    try:
        await exchange.commands.originate(
            leg,
            f"PJSIP/{target.number}{behind}",
            app=settings.app,
            args=f"{RUNG},{leg}",
            call=call,
            caller=originator,
            limit=settings.ring_backstop,
        )
    except ServerFailed:
        return NOT_REGISTERED
    except Gone:
        return LegEnded(Ended.STOPPED, "the caller left")
    except (PbxAway, AriRefused) as error:
        exchange.errands.run(let_end(exchange.commands.hang_up(leg)))  # it may have begun all the same
        return LegEnded(Ended.UNREACHABLE, type(error).__name__)
    return None


def rung_as(channel: ChannelSnapshot, trunk: str) -> Target:
    """Whom it was that was rung, read from the channel's name (`PJSIP/1011-0000001a`).

    What was dialled by the trunk is not in it.
    """
    endpoint = channel.name.removeprefix("PJSIP/").rpartition("-")[0]
    return Target("", Behind.TRUNK) if endpoint == trunk else Target(endpoint)
