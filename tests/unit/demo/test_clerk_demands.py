"""The demands on a call that a clerk has: each is met by what two phones heard, and by no other evidence."""

from dataclasses import replace

import pytest

from tests.demo.clerk_demands import (
    hear_each_other_again,
    heard_by_both,
    let_go,
    music_in_the_queue,
    number_told_to_both,
    rung_not,
    silent_before,
    told_at,
)
from tests.demo.demands import Check, answered_within, introduced
from tests.demo.evidence import Evidence, Kind, PhoneSide, Sound
from tests.unit.demo.test_demands import line, met, person

EWA, MARIA, ANNA = "1001", "1021", "1011"
DIGITS = "USC. Numer bezpośredni: cztery, cztery; siedem, trzy, dwa; siedem, siedem; zero, siedem."

PLACE = line("queue.position.1", 10.0, 12.0, "Miejsce w kolejce: jeden.")
QUEUE_MUSIC = Sound(kind=Kind.MUSIC, name="music", at=12.2, until=15.0)
REASON = line("came_back.no_answer", 40.0, 43.0, "Nikt nie odebrał telefonu. Rozmowa wróciła.")
NUMBER = line("number.48447327707", 43.2, 50.0, DIGITS)
AT_EWAS = (
    person("said.asks", 20.0),
    replace(REASON, at=40.1, until=43.1),
    replace(NUMBER, at=43.3, until=50.1),
    person("said.content", 55.0),
)
BACK = Evidence(
    dialled=2.0,
    answered=2.2,
    sounds=(PLACE, QUEUE_MUSIC, person("said.ewa", 23.0), REASON, NUMBER, person("said.ewa.back", 52.0)),
    phones={
        EWA: PhoneSide(rang=15.0, answered=16.0, stopped=60.0, sounds=AT_EWAS),
        MARIA: PhoneSide(rang=34.0, stopped=39.0),
    },
)
"""A call that comes back as it should."""

PASSED_ON = Evidence(
    phones={
        EWA: PhoneSide(rang=5.0, answered=6.0, stopped=33.0, told=("100 Trying", "180 Ringing", "200 OK")),
        ANNA: PhoneSide(
            rang=20.0,
            answered=22.0,
            stopped=50.0,
            sounds=(line("whisper.by", 24.0, 26.0, "Przekazuje: Ewa Zmyślona."),),
        ),
    },
)
"""A transfer by the phone's own key as it should be."""


def side(seen: Evidence, extension: str, **other: object) -> Evidence:
    changed = replace(seen.phone(extension), **other)  # type: ignore[arg-type]
    return replace(seen, phones={**seen.phones, extension: changed})


def without(seen: Evidence, *sounds: Sound) -> Evidence:
    return replace(seen, sounds=tuple(one for one in seen.sounds if one not in sounds))


def test_who_dials_after_a_clerk_is_answered_no_later_for_it() -> None:
    assert met(answered_within(1.0), BACK)
    assert not met(answered_within(1.0), replace(BACK, answered=3.2))


def test_a_second_host_is_introduced_after_a_first_talk() -> None:
    second = line("introduction.person.anna", 23.0, 26.0, "Rozmawia z Państwem Anna.")
    seen = replace(PASSED_ON, sounds=(person("said.ewa", 10.0), second, person("said.anna", 27.0)))

    assert met(introduced(ANNA, "Anna"), seen)
    assert not met(introduced(ANNA, "Anna"), replace(seen, sounds=(second, person("said.anna", 24.0))))


def test_music_from_the_last_word_in_the_queue_to_the_ring() -> None:
    check = music_in_the_queue(EWA)

    assert met(check, BACK)
    assert not met(check, without(BACK, QUEUE_MUSIC))
    assert not met(check, without(BACK, PLACE))
    assert not met(check, side(BACK, EWA, rang=None))
    assert not met(check, side(BACK, EWA, rang=11.0))


def test_both_hear_the_reason_at_the_same_time() -> None:
    check = heard_by_both(EWA, "Nikt nie odebrał", name="came_back.")

    assert met(check, BACK)
    assert check(without(BACK, REASON)).what.pl == "mieszkaniec nie usłyszał"
    assert check(side(BACK, EWA, sounds=())).what.pl == "pracownik nie usłyszał"
    assert not met(check, side(BACK, EWA, sounds=(replace(REASON, whole=False),)))
    assert not met(check, side(BACK, EWA, sounds=(replace(REASON, at=44.0, until=47.0),)))


def test_both_hear_the_number_to_its_last_digit() -> None:
    assert met(number_told_to_both(EWA, "447327707"), BACK)
    assert not met(number_told_to_both(EWA, "447327711"), BACK)
    assert not met(number_told_to_both(EWA, "447327707"), without(BACK, NUMBER))
    assert not met(number_told_to_both(EWA, "447327707"), side(BACK, EWA, sounds=()))


def test_the_phone_is_silent_before_the_call_is_back() -> None:
    check = silent_before(MARIA, "came_back.")

    assert met(check, BACK)
    assert not met(check, side(BACK, MARIA, stopped=41.0))
    assert not met(check, side(BACK, MARIA, answered=36.0))
    assert not met(check, side(BACK, MARIA, stopped=None))
    assert not met(check, without(BACK, REASON))


def test_they_talk_again_only_after_they_heard_why() -> None:
    check = hear_each_other_again(
        EWA, after="number.", citizen_hears="said.ewa.back", colleague_hears="said.content"
    )
    before = hear_each_other_again(
        EWA, after="number.", citizen_hears="said.ewa", colleague_hears="said.asks"
    )

    assert met(check, BACK)
    assert not met(before, BACK)
    assert not met(check, without(BACK, NUMBER))
    assert not met(check, side(BACK, EWA, sounds=()))


def test_the_colleague_is_told_by_whom() -> None:
    check = told_at(ANNA, "Przekazuje", "Ewa Zmyślona", name="whisper.by")

    assert met(check, PASSED_ON)
    assert not met(told_at(ANNA, "Jan", name="whisper.by"), PASSED_ON)
    assert not met(check, side(PASSED_ON, ANNA, sounds=()))


@pytest.mark.parametrize(
    ("told", "stopped", "good"),
    [
        (("100 Trying", "200 OK"), 33.0, True),
        (("100 Trying", "200 OK"), 21.0, False),
        (("100 Trying", "200 OK"), None, False),
        (("100 Trying",), 33.0, False),
        (("100 Trying", "603 Decline"), 33.0, False),
        ((), 33.0, False),
    ],
)
def test_the_phone_is_let_go_once_somebody_took_it(
    told: tuple[str, ...], stopped: float | None, good: bool
) -> None:
    assert met(let_go(EWA, when_taken_by=ANNA), side(PASSED_ON, EWA, told=told, stopped=stopped)) is good


def test_one_is_rung_and_the_other_is_not() -> None:
    assert met(rung_not(EWA, "1002"), BACK)
    assert not met(rung_not(EWA, MARIA), BACK)
    assert not met(rung_not("1002", ANNA), BACK)


@pytest.mark.parametrize(
    "check",
    [
        music_in_the_queue(EWA),
        heard_by_both(EWA, "x", name="x"),
        number_told_to_both(EWA, "44"),
        silent_before(EWA, "x"),
        hear_each_other_again(EWA, after="x", citizen_hears="y", colleague_hears="z"),
        told_at(EWA, "x", name="x"),
        rung_not(EWA, ANNA),
        let_go(EWA, when_taken_by=ANNA),
    ],
)
def test_nothing_heard_meets_nothing_and_says_so(check: Check) -> None:
    found = check(Evidence())

    assert not found.met
    assert found.what.pl
    assert found.what.en
