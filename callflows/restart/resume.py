"""Go on with a caller whom a process before us has left: where they were, as far as the record knows it.

Who talks goes on talking, and is watched again: their keys, their transfer, their record. Who waited for a clerk keeps
the place, by the time of their arrival; who was being connected is connected anew; who had been promised a callback
hears it again; and everybody else is greeted again, briefly, in their language.
"""

from collections.abc import Iterable

from callflows.back_to_caller import back_to_caller
from callflows.company import keep_company
from callflows.conversation import Conversation
from callflows.front_desk import front_desk
from callflows.hand_over import hand_over, stay_with, to_the_desk
from callflows.outcomes import ON_DUTY
from callflows.proposing import resolved
from callflows.restart.ends import COLLEAGUE_LEFT, ends_of
from callflows.restart.left_together import LeftTogether, candidate_of
from callflows.restart.standing import OpenAttempt, Standing
from callflows.subject import Subject, subject_of
from callflows.wish import Wish
from directory.model import Hall, MatterId, PersonId, UnitId
from telephony.values import Words


async def resume(talk: Conversation) -> None:
    """Take a citizen up from where they were, to the end of the call."""
    past = await talk.past.standing()
    _keep_the_clerks(talk, past.values())
    standing = past.get(talk.id)
    if standing is not None:
        talk.takes_up(standing)
        await _from_where_they_were(talk, standing)
    elif talk.call.left_behind:
        await keep_company(talk.call)  # the record does not know them; they know each other
    else:
        await front_desk(talk)


async def _from_where_they_were(talk: Conversation, standing: Standing) -> None:
    left = LeftTogether.of(standing, talk.call.left_behind)
    for fact in ends_of(standing, talk.now(), COLLEAGUE_LEFT, going_on=(left.host, left.consulted)):
        talk.state(fact)
    if left.host is not None:
        host, before = await left.taken_up(talk, standing)
        await stay_with(talk, host, _about(talk.hall, left.host, standing), before)
        return
    talk.floor.lets_go(talk.id)  # their clerk has gone meanwhile, if they had one
    await left.let_go_of_others(talk.call)
    if standing.promised is not None:
        promised = standing.promised
        told = talk.wording.promised(promised.due, promised.ticket, talk.now())
        await talk.say(_sorry(talk), told, talk.wording.plain("goodbye"))
    elif standing.queued is not None:
        # Said in the queue: whoever came later must not be served while it is spoken.
        await to_the_desk(talk, _subject(talk.hall, standing.matter, standing.unit), first=_sorry(talk))
    elif not _talk_was_ended(standing):
        await _on_the_way(talk, standing)


async def _on_the_way(talk: Conversation, standing: Standing) -> None:
    """They had not reached anybody: connect them anew, or give them what they were just being given instead."""
    last = standing.attempts[-1] if standing.attempts else None
    matter, unit = (last.matter, last.unit) if last is not None else (standing.matter, standing.unit)
    subject = _subject(talk.hall, matter, unit)
    if subject is None:
        await front_desk(talk)
        return
    chosen = _id(talk.hall, subject)
    if last is None and standing.tried:
        resolution = resolved(talk, chosen)
        if await back_to_caller(talk, subject, resolution, None, _sorry(talk)) is Wish.CLERK:
            await to_the_desk(talk, subject)
        return
    await talk.say(_sorry(talk))
    if last is not None and last.connected is None and last.way not in ON_DUTY:
        await hand_over(talk, chosen, candidate_of(talk.hall, last))
    elif chosen == talk.hall.desk:
        await to_the_desk(talk)
    else:
        await hand_over(talk, chosen)


def _talk_was_ended(standing: Standing) -> bool:
    """Whether they were talking, and the other put down meanwhile: that is how a talk ends.

    Not if the caller was on hold, or about to be handed over: then they are owed a way on (bylaw §6.4).
    """
    talking = [tried for tried in standing.attempts if tried.connected is not None]
    return bool(talking) and standing.held is None and len(standing.attempts) == len(talking)


def _keep_the_clerks(talk: Conversation, past: Iterable[Standing]) -> None:
    """Let nobody else be offered to a clerk who is talking; whichever call comes first does it for all."""
    for standing in past:
        for tried in standing.attempts:
            if tried.connected is not None and tried.way in ON_DUTY and tried.person:
                talk.floor.keep(PersonId(tried.person), standing.call)


def _about(hall: Hall, host: OpenAttempt, standing: Standing) -> Subject:
    """What the talk is about: the matter, if one is known, else whatever the host's unit settles."""
    found = _subject(hall, host.matter or standing.matter, host.unit)
    return found or subject_of(hall, hall.desk)


def _subject(hall: Hall, matter: str, unit: str) -> Subject | None:
    """The matter or unit of the record, as far as the hall still has it."""
    if matter in hall.matters:
        return subject_of(hall, MatterId(matter))
    return subject_of(hall, UnitId(unit)) if unit in hall.units else None


def _id(hall: Hall, subject: Subject) -> MatterId | UnitId:
    if subject.matter is not None:
        return subject.matter.id
    return subject.unit.id if subject.unit is not None else hall.desk


def _sorry(talk: Conversation) -> Words:
    return talk.wording.plain("resumed")
