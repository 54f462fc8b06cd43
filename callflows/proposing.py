"""Ask the directory who is competent for this and there now, and put its answer on record, each with the reason."""

from callflows.conversation import Conversation
from callflows.facts import CandidatesProposed, Named
from callflows.subject import Subject
from directory.model import MatterId, UnitId
from directory.resolve import Candidate, PassedOver, Resolution, resolve

MOST_NAMED = 10
"""Of those proposed, and of those passed over: a large unit has a hundred, of whom few are ever rung."""


def resolved(talk: Conversation, chosen: MatterId | UnitId) -> Resolution:
    """What the directory says of it at this moment."""
    return resolve(talk.hall, chosen, talk.now(), talk.live)


def propose(talk: Conversation, subject: Subject, chosen: MatterId | UnitId) -> Resolution:
    """What the directory says of it at this moment, on record."""
    resolution = resolved(talk, chosen)
    proposed, passed_over = resolution.candidates, resolution.passed_over
    if proposed or passed_over:
        talk.state(
            CandidatesProposed(
                call=talk.id,
                at=talk.now(),
                matter=subject.matter_id,
                unit=subject.unit_id,
                proposed=tuple(map(_named, proposed[:MOST_NAMED])),
                passed_over=tuple(map(_named, passed_over[:MOST_NAMED])),
                more=max(0, len(proposed) - MOST_NAMED) + max(0, len(passed_over) - MOST_NAMED),
            )
        )
    return resolution


def _named(one: Candidate | PassedOver) -> Named:
    person, unit = one.person, one.unit
    extension = one.extension if isinstance(one, Candidate) else person.extension if person else unit.line
    return Named(
        person=person.id if person else "",
        name=person.name if person else unit.name,
        unit=unit.id,
        target=extension.digits if extension else "",
        why=one.why,
    )
