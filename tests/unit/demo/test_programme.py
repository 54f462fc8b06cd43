"""The programme is complete, and a result says no more than what was heard and recorded."""

from dataclasses import replace
from pathlib import Path

from callflows.outcomes import CallOutcome, Outcome, Way
from tests.demo.clock import EVENING, MORNING, DemoClock
from tests.demo.demands import Demand
from tests.demo.demo_call import DemoCall, by_the_line
from tests.demo.evidence import Evidence
from tests.demo.programme import PROGRAMME
from tests.demo.record import Attempted, Record, understood
from tests.demo.summary import judged
from tests.demo.texts import Text

CLONE = Path(__file__).resolve().parents[3]
STORY = {
    "call": {"outcome": "callback"},
    "transfers": [
        {
            "outcome": "no_answer",
            "way": "handed_over",
            "by_person": "ewa-zmyslona",
            "instead": "back",
            "person_name": "Maria Nieprawdziwa",
            "unit_name": "USC",
            "ring_seconds": 5.0,
        },
        {
            "outcome": "busy",
            "way": "line",
            "by_person": "",
            "instead": "callback",
            "person_name": "",
            "unit_name": "USC",
            "ring_seconds": 0.0,
        },
    ],
    "tickets": [{"due": "2026-11-24T13:05:00Z"}],
}


def test_every_call_has_its_name_on_the_help() -> None:
    written = (CLONE / "script" / "demo").read_text("utf-8")
    names = [call.name for call in PROGRAMME]

    assert f"taken, {', '.join(names[1:])}" in written
    assert len(set(names)) == len(names)


def test_everything_is_said_in_both_languages() -> None:
    for call in PROGRAMME:
        for text in (call.title, call.about, *(demand.wanted for demand in call.demands)):
            assert text.pl
            assert text.en
            assert text.pl != text.en


def test_the_record_is_understood() -> None:
    record = understood(STORY, {"ewa-zmyslona": ("ready", "wrapping_up")})

    assert (record.outcome, record.attempts, record.tickets) == (
        CallOutcome.CALLBACK,
        (
            Attempted(Outcome.NO_ANSWER, Way.HANDED_OVER, "ewa-zmyslona", came_back=True),
            Attempted(Outcome.BUSY),
        ),
        1,
    )
    assert [words.pl for words in record.words] == [
        "obiecane oddzwonienie",
        "Maria Nieprawdziwa (przekazanie rozmowy): nikt nie odebrał, dzwonił 5,0 s, rozmowa wróciła",
        "USC: zajęte",
        "oddzwonić do 24.11.2026 14:05",
        "ewa-zmyslona: gotowość, prace po rozmowie",
    ]


def nobody() -> DemoCall:
    return next(call for call in PROGRAMME if call.name == "nobody")


def record(*attempts: Outcome) -> Record:
    return Record(CallOutcome.CALLBACK, by_the_line(*attempts), 1, (Text("", ""),))


def test_a_record_that_says_something_else_is_not_well() -> None:
    right = record(Outcome.NO_ANSWER, Outcome.BUSY, Outcome.NO_ANSWER)
    wrong = record(Outcome.NO_ANSWER, Outcome.NO_ANSWER)

    assert judged(nobody(), Evidence(), right, "").recorded_well
    assert not judged(nobody(), Evidence(), wrong, "").recorded_well
    assert not judged(nobody(), Evidence(), None, "").recorded_well


def test_who_was_what_is_part_of_the_record() -> None:
    call = next(call for call in PROGRAMME if call.name == "comes-back")
    wanted = call.recorded
    right = Record(wanted.outcome, wanted.attempts, 0, (), {"ewa-zmyslona": wanted.presence["ewa-zmyslona"]})
    stuck = replace(right, presence={"ewa-zmyslona": ("ready", "offered", "talking")})

    assert judged(call, Evidence(), right, "").recorded_well
    assert not judged(call, Evidence(), stuck, "").recorded_well


def test_a_good_record_does_not_help_a_caller_who_heard_nothing() -> None:
    right = record(Outcome.NO_ANSWER, Outcome.BUSY, Outcome.NO_ANSWER)
    result = judged(nobody(), Evidence(), right, "")

    assert not result.heard_well
    assert not result.ended_well
    assert len(result.findings) == len(nobody().demands)


def test_a_play_that_stopped_is_not_well() -> None:
    call = DemoCall(
        name="x",
        title=Text("x", "x"),
        about=Text("x", "x"),
        play=nobody().play,
        demands=(),
        recorded=nobody().recorded,
    )
    right = record(Outcome.NO_ANSWER, Outcome.BUSY, Outcome.NO_ANSWER)

    assert judged(call, Evidence(), right, "").ended_well
    assert not judged(call, Evidence(), right, "waited for nothing").ended_well


def test_every_demand_is_checked_by_what_was_heard_alone() -> None:
    for call in PROGRAMME:
        for demand in call.demands:
            assert isinstance(demand, Demand)
            assert not demand.check(Evidence()).met


def test_the_clock_is_set_before_each_call() -> None:
    clock = DemoClock(MORNING)
    clock.set(EVENING)

    assert (clock.now() - EVENING).total_seconds() < 60
    assert clock.now().hour == 22
