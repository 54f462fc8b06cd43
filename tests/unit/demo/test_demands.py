"""Each demand is met by the evidence that meets it, and by no other."""

from dataclasses import replace

import pytest

from tests.demo.demands import (
    Check,
    answered_within,
    hear_each_other,
    introduced,
    machine_unheard,
    music_while_ringing,
    number_told,
    parted_politely,
    read_back,
    stops_within,
    told,
    told_before_ringing,
)
from tests.demo.evidence import Evidence, Kind, PhoneSide, PutDown, Sound

ANNA = "1011"


def line(name: str, at: float, until: float, text: str = "", *, whole: bool = True) -> Sound:
    return Sound(kind=Kind.LINE, name=name, at=at, until=until, text=text, whole=whole)


def person(name: str, at: float, *, whole: bool = True) -> Sound:
    return Sound(kind=Kind.PERSON, name=name, at=at, until=at + 2, whole=whole)


GREETING = line("greeting", 0.2, 5.0, "Dzień dobry. Urząd Miasta, Biuro Obsługi.")
ANNOUNCED = line("announce.person.anna", 6.0, 9.5, "Łączę z panią Anną Przykładową, Referat. Proszę czekać.")
INTRODUCED = line("introduction.person.anna", 20.0, 23.0, "Rozmawia z Państwem Anna Przykładowa, Referat.")
MUSIC = Sound(kind=Kind.MUSIC, name="music", at=10.0, until=20.0)

TALK = Evidence(
    answered=0.1,
    ended=40.0,
    put_down=PutDown.CITIZEN,
    sounds=(GREETING, ANNOUNCED, MUSIC, INTRODUCED, person("said.anna", 26.0)),
    phones={
        ANNA: PhoneSide(rang=10.0, answered=12.0, stopped=40.3, sounds=(person("said.citizen", 23.5),)),
    },
)
"""A transfer as it should be."""


def met(check: Check, seen: Evidence) -> bool:
    return check(seen).met


def without(seen: Evidence, sound: Sound) -> Evidence:
    return replace(seen, sounds=tuple(one for one in seen.sounds if one is not sound))


def instead(seen: Evidence, sound: Sound, other: Sound) -> Evidence:
    return replace(seen, sounds=tuple(other if one is sound else one for one in seen.sounds))


def phone(seen: Evidence, side: PhoneSide) -> Evidence:
    return replace(seen, phones={ANNA: side})


def test_answered_at_once() -> None:
    assert met(answered_within(1.0), TALK)
    assert not met(answered_within(1.0), replace(TALK, answered=1.2))
    assert not met(answered_within(1.0), replace(TALK, answered=None))


def test_a_sentence_must_be_whole_and_have_all_parts() -> None:
    check = told("urząd miasta", "Biuro", name="greeting")

    assert met(check, TALK)
    assert not met(check, without(TALK, GREETING))
    assert not met(check, instead(TALK, GREETING, replace(GREETING, whole=False)))
    assert not met(check, instead(TALK, GREETING, replace(GREETING, text="Dzień dobry. Urząd Miasta.")))
    assert not met(check, instead(TALK, GREETING, replace(GREETING, name="notice")))


def test_what_a_person_says_is_no_word_of_the_line() -> None:
    said = replace(GREETING, kind=Kind.PERSON)

    assert not met(told("Urząd"), Evidence(sounds=(said,)))


def test_told_before_it_rings() -> None:
    check = told_before_ringing(ANNA, "Anną Przykładową")

    assert met(check, TALK)
    assert not met(check, without(TALK, ANNOUNCED))
    assert not met(check, instead(TALK, ANNOUNCED, replace(ANNOUNCED, until=10.4)))
    assert not met(check, replace(TALK, phones={}))


def test_music_while_it_rings() -> None:
    check = music_while_ringing(ANNA)

    assert met(check, TALK)
    assert not met(check, instead(TALK, MUSIC, replace(MUSIC, kind=Kind.UNKNOWN)))
    assert not met(check, instead(TALK, MUSIC, replace(MUSIC, at=11.5)))
    assert not met(check, replace(TALK, phones={}))


def test_introduced_between_taking_up_and_talking() -> None:
    check = introduced(ANNA, "Anna Przykładowa", "Referat")

    assert met(check, TALK)
    assert not met(check, without(TALK, INTRODUCED))
    assert not met(check, instead(TALK, INTRODUCED, replace(INTRODUCED, at=11.0)))
    assert not met(check, instead(TALK, INTRODUCED, replace(INTRODUCED, until=27.0)))
    assert not met(check, phone(TALK, PhoneSide(rang=10.0)))


def test_effective_only_if_both_hear() -> None:
    check = hear_each_other(ANNA, citizen_hears="said.anna", colleague_hears="said.citizen")

    assert met(check, TALK)
    assert not met(check, phone(TALK, PhoneSide(rang=10.0, answered=12.0)))
    assert not met(check, replace(TALK, sounds=(GREETING,)))
    assert not met(check, replace(TALK, sounds=(person("said.anna", 26.0, whole=False),)))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("USC. Numer bezpośredni: cztery, cztery; siedem, trzy, dwa; siedem, siedem; jeden, jeden.", True),
        ("USC. Numer bezpośredni: cztery, cztery; siedem, trzy, dwa; siedem, siedem; jeden, dwa.", False),
        ("USC. Numer bezpośredni: cztery, cztery; siedem, trzy, dwa; siedem, siedem; jeden.", False),
    ],
)
def test_the_direct_number_to_the_last_digit(text: str, good: bool) -> None:
    seen = Evidence(sounds=(line("number.48447327711", 3.0, 9.0, text),))

    assert met(number_told("447327711"), seen) is good


def test_a_number_is_read_back_only_in_a_question_for_it() -> None:
    text = "Oddzwonimy pod numer sześć, zero, jeden; dwa, trzy, cztery; pięć, sześć, siedem. Tak: jeden."
    asked = Evidence(sounds=(line("callback.yours", 3.0, 9.0, text),))
    elsewhere = Evidence(sounds=(line("number.601234567", 3.0, 9.0, text),))

    assert met(read_back("601234567"), asked)
    assert not met(read_back("601234568"), asked)
    assert not met(read_back("601234567"), elsewhere)
    assert "601234" not in read_back("601234567")(asked).what.pl


def test_a_machine_must_have_taken_up_and_not_be_heard() -> None:
    check = machine_unheard(ANNA, "said.machine")
    unknown = Sound(kind=Kind.UNKNOWN, name="unknown", at=15.0, until=16.0)

    assert met(check, TALK)
    assert not met(check, replace(TALK, sounds=(*TALK.sounds, person("said.machine", 13.0, whole=False))))
    assert not met(check, replace(TALK, sounds=(*TALK.sounds, unknown)))
    assert not met(check, phone(TALK, PhoneSide(rang=10.0)))


@pytest.mark.parametrize(
    ("stopped", "put_down", "good"),
    [
        (40.3, PutDown.CITIZEN, True),
        (41.2, PutDown.CITIZEN, False),
        (None, PutDown.CITIZEN, False),
        (40.3, PutDown.LINE, False),
    ],
)
def test_no_ghost_rings(stopped: float | None, put_down: PutDown, good: bool) -> None:
    seen = phone(replace(TALK, put_down=put_down), PhoneSide(rang=38.0, stopped=stopped))

    assert met(stops_within(ANNA, 1.0), seen) is good


def test_the_line_says_goodbye_and_then_ends() -> None:
    goodbye = line("goodbye", 36.0, 38.0, "Do widzenia.")
    seen = Evidence(answered=0.1, ended=38.4, put_down=PutDown.LINE, sounds=(GREETING, goodbye))

    assert met(parted_politely(), seen)
    assert not met(parted_politely(), replace(seen, put_down=PutDown.CITIZEN))
    assert not met(parted_politely(), replace(seen, sounds=(GREETING,)))
    assert not met(parted_politely(), replace(seen, sounds=(GREETING, replace(goodbye, whole=False))))


@pytest.mark.parametrize(
    "check",
    [
        answered_within(1.0),
        told("x"),
        told_before_ringing(ANNA, "x"),
        music_while_ringing(ANNA),
        introduced(ANNA, "x"),
        hear_each_other(ANNA, citizen_hears="x", colleague_hears="y"),
        number_told("44"),
        read_back("60"),
        machine_unheard(ANNA, "x"),
        stops_within(ANNA, 1.0),
        parted_politely(),
    ],
)
def test_nothing_heard_meets_nothing_and_says_so(check: Check) -> None:
    found = check(Evidence())

    assert not found.met
    assert found.what.pl
    assert found.what.en
