"""A caller and whoever has them, one host after another, until nobody has them or nobody needs to."""

from dataclasses import dataclass

from callflows.conversation import Conversation
from callflows.host import Host
from callflows.subject import Subject
from callflows.talk.before import Before
from callflows.talk.talk import HostedTalk
from callflows.transfer.search import Failure
from directory.resolve import Resolution
from telephony.errors import HungUp
from telephony.values import Words


@dataclass(frozen=True, slots=True)
class LeftToTheLine:
    """A caller who is still there and whom nobody has: what it was about, and what they are to be told."""

    subject: Subject
    resolution: Resolution
    """Holds the direct number; no candidates."""
    failure: Failure | None
    """The transfer that failed; None if the host put down while the caller was on hold."""
    reason: Words | None


async def talk_with(
    talk: Conversation, host: Host, subject: Subject, before: Before | None = None
) -> LeftToTheLine | None:
    """Stay with the two, through every transfer; None if the talk came to a proper end.

    `before` is where an earlier process has left them. Raises HungUp if the caller left.
    """
    about, came_back = subject, None
    while True:
        one = HostedTalk(talk, host, about, came_back, before)
        await one.run()
        if one.next_host is None:
            break
        host, about, came_back, before = one.next_host, one.about, one.failure, None
    if talk.call.ended is not None:
        raise HungUp
    return _left(talk, host, one) if one.to_the_line else None


def _left(talk: Conversation, host: Host, one: HostedTalk) -> LeftToTheLine:
    candidate = one.failure.candidate if one.failure else host.candidate
    direct = candidate.direct or candidate.unit.direct
    resolution = Resolution((), direct, candidate.unit)
    reason = None if one.failure else talk.wording.plain("reason.not_proven")
    return LeftToTheLine(one.about, resolution, one.failure, reason)
