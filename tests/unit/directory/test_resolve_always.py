"""What holds of `resolve` for any hall, moment and state of things."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.absence import Absence, AbsenceId
from directory.competence import turns
from directory.hours import is_open
from directory.live import Known, PhoneState
from directory.model import Extension, Hall, MatterId, Person, PersonId, UnitId
from directory.resolve import Candidate, Lack, PassedOver, Resolution, matter_and_unit, resolve
from tests.unit.directory.halls import BIRTH, DEATH, DESK, ELSEWHERE, LOST, OPEN, REGISTRY, hall_of, person

NAMES = [PersonId(name) for name in "abcdef"]
PHONES = ["1001", "1002", "1003", "1004", "1900", "1920"]
FAX = "+48447327753"
Subject = MatterId | UnitId
SUBJECTS: list[Subject] = [BIRTH, DEATH, LOST, DESK, REGISTRY, ELSEWHERE]
moments = st.integers(-60, 60).map(lambda hours: OPEN + timedelta(hours=hours))


@st.composite
def staffs(draw: st.DrawFn) -> tuple[Person, ...]:
    """Some people with any units, phones, matters and deputies, circles among them included."""
    some = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return tuple(
        replace(
            person(
                name,
                draw(st.sampled_from([DESK, REGISTRY])),
                None,
                matters=tuple(draw(st.lists(st.sampled_from([BIRTH, DEATH, LOST]), unique=True))),
                deputies=tuple(draw(st.lists(st.sampled_from(some), unique=True))),
                direct=draw(st.sampled_from([None, FAX, "+48447327799"])),
            ),
            extension=draw(st.none() | st.builds(Extension, st.sampled_from(PHONES), doubtful=st.booleans())),
        )
        for name in some
    )


@st.composite
def halls(draw: st.DrawFn) -> Hall:
    """A hall whose registry has a fax (once a fax with an extension), and may be closed on its own."""
    hall = hall_of(*draw(staffs()))
    closed = draw(st.frozensets(st.sampled_from([OPEN.date(), OPEN.date() + timedelta(days=1)])))
    registry = replace(
        hall.units[REGISTRY], faxes=(FAX, *draw(st.lists(st.sampled_from(PHONES[2:4]), max_size=1)))
    )
    registry = replace(registry, closed_on=closed, direct=draw(st.sampled_from([registry.direct, FAX, None])))
    return replace(hall, units={**hall.units, REGISTRY: registry})


@st.composite
def absences(draw: st.DrawFn) -> Absence:
    """Somebody is away around then."""
    begins = draw(moments)
    ends = begins + timedelta(hours=draw(st.integers(1, 40)))
    helps = draw(st.none() | st.sampled_from(NAMES))
    return Absence(
        id=AbsenceId("x"), person=draw(st.sampled_from(NAMES)), begins=begins, ends=ends, helps=helps
    )


@st.composite
def lives(draw: st.DrawFn) -> Known:
    """Who is away, what the phones do, who missed calls."""
    found = draw(st.lists(absences(), max_size=8))
    phones = draw(st.dictionaries(st.sampled_from(PHONES), st.sampled_from(PhoneState)))
    misses = draw(st.dictionaries(st.sampled_from(PHONES), st.integers(0, 3)))
    return Known(_by_person(found), phones, misses)


def _by_person(found: Iterable[Absence]) -> Mapping[PersonId, tuple[Absence, ...]]:
    return {name: tuple(one for one in found if one.person == name) for name in NAMES}


def _turned_round(live: Known) -> Known:
    """The same knowledge, told in another order."""
    return Known(
        dict(reversed(list(live.absences.items()))),
        dict(reversed(list(live.phones.items()))),
        dict(reversed(list(live.misses.items()))),
    )


@settings(max_examples=80)
@given(halls(), st.sampled_from(SUBJECTS), moments, lives())
def test_what_always_holds(hall: Hall, subject: Subject, at: datetime, live: Known) -> None:
    found = resolve(hall, subject, at, live)

    assert found == resolve(hall, subject, at, _turned_round(live)), "the order is stable"
    _only_who_can_be_rung(found, hall, at, live)
    _everybody_once_and_with_a_word(found, hall, subject)
    _nobody_to_ring_has_its_reason(found, at)


def _only_who_can_be_rung(found: Resolution, hall: Hall, at: datetime, live: Known) -> None:
    faxes = {fax for unit in hall.units.values() for fax in unit.faxes}
    assert found.direct not in faxes
    for candidate in found.candidates:
        assert is_open(hall, at, unit=candidate.unit), "never out of hours"
        assert live.phone(candidate.extension) is not PhoneState.GONE
        assert not {candidate.extension.digits, candidate.direct} & faxes, "never a fax"
        if candidate.person:
            assert live.absence(candidate.person.id, at) is None, "never an absent person"
    late = [
        (each.extension.doubtful, live.missed(each.extension, at) > 0, in_use(live, each.extension))
        for each in found.candidates
    ]
    assert late == sorted(late), "who is less likely to answer comes later"


def _everybody_once_and_with_a_word(found: Resolution, hall: Hall, subject: Subject) -> None:
    phones = [candidate.extension.digits for candidate in found.candidates]
    assert len(phones) == len(set(phones)), "nobody's phone rings twice"
    everybody: list[Candidate | PassedOver] = [*found.candidates, *found.passed_over]
    named = [each.person.id for each in everybody if each.person]
    assert len(named) == len(set(named))
    assert all(each.why for each in everybody)
    if found.lack not in (Lack.CLOSED, Lack.OUTSIDE):
        matter, unit = matter_and_unit(hall, subject)
        assert {turn.person.id for turn in turns(hall, matter, unit or hall.units[hall.desk])} <= set(named)


def _nobody_to_ring_has_its_reason(found: Resolution, at: datetime) -> None:
    assert bool(found.candidates) != bool(found.why_none)
    assert (found.lack is None) == bool(found.candidates)
    assert (found.back is not None) == (found.lack is Lack.AWAY)
    assert found.outside == (found.lack is Lack.OUTSIDE)
    assert found.back is None or found.back > at


def in_use(live: Known, extension: Extension) -> bool:
    return live.phone(extension) is PhoneState.IN_USE
