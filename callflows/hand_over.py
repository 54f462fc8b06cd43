"""Hand a caller over to somebody competent, and never leave before it worked (bylaw §6.4).

One candidate after another is tried by the verified transfer; the caller is told each time. When nobody
takes it, we go back to the caller (`callflows.back_to_caller`).
"""

from callflows.back_to_caller import back_to_caller
from callflows.conversation import Conversation
from callflows.facts import MatterChosen, NobodyToRing
from callflows.host import Host
from callflows.proposing import propose
from callflows.subject import Subject, subject_of
from callflows.talk.before import Before
from callflows.talk.together import talk_with
from callflows.transfer.search import Search
from callflows.wait_for_clerk import wait_for_clerk
from callflows.wish import Wish
from directory.model import MatterId, UnitId
from directory.resolve import Candidate, Resolution
from telephony.values import Words


async def hand_over(talk: Conversation, chosen: MatterId | UnitId, first: Candidate | None = None) -> None:
    """Bring the caller to somebody competent for this, or tell them honestly what to do instead.

    `first` is tried before everybody else: an earlier process had begun to ring them.
    """
    subject = subject_of(talk.hall, chosen)
    _matter_chosen(talk, subject)
    resolution = propose(talk, subject, chosen)
    if not resolution.candidates:
        _nobody(talk, subject, resolution.why_none)
    search = Search(talk, subject, _in_order(resolution, first))
    host = await search.somebody()
    if host is not None:
        await stay_with(talk, host, subject)
    elif await back_to_caller(talk, subject, resolution, search.failure) is Wish.CLERK:
        await to_the_desk(talk, subject)


def _in_order(resolution: Resolution, first: Candidate | None) -> tuple[Candidate, ...]:
    if first is None:
        return resolution.candidates
    others = [each for each in resolution.candidates if each.extension.digits != first.extension.digits]
    return first, *others


async def to_the_desk(
    talk: Conversation, about: Subject | None = None, *, first: Words | None = None
) -> None:
    """Bring the caller to the clerks: to the one who is free, or into their queue.

    Where nobody has logged on, the desk is a unit like any other: its phones are rung. `first` is said before
    anything else, but to whoever must wait once they have their place.
    """
    if not talk.floor.staffed:
        if first is not None:
            await talk.say(first)
        await hand_over(talk, talk.hall.desk)
        return
    subject = about or subject_of(talk.hall, talk.hall.desk)
    host = await wait_for_clerk(talk, subject, first=first)
    if host is not None:
        await stay_with(talk, host, subject)


async def stay_with(talk: Conversation, host: Host, subject: Subject, before: Before | None = None) -> None:
    """The caller talks, is passed on and comes back, as often as it takes; then the line may have them again.

    `before` is where an earlier process has left the two.
    """
    left = await talk_with(talk, host, subject, before)
    if left is None:
        return
    if await back_to_caller(talk, left.subject, left.resolution, left.failure, left.reason) is Wish.CLERK:
        await to_the_desk(talk, left.subject)


def _nobody(talk: Conversation, subject: Subject, why: str) -> None:
    talk.state(
        NobodyToRing(call=talk.id, at=talk.now(), matter=subject.matter_id, unit=subject.unit_id, why=why)
    )


def _matter_chosen(talk: Conversation, subject: Subject) -> None:
    talk.state(
        MatterChosen(
            call=talk.id,
            at=talk.now(),
            matter=subject.matter_id,
            title=subject.matter.title if subject.matter else "",
            unit=subject.unit_id,
            unit_name=subject.unit.name if subject.unit else "",
        )
    )
