"""Pauses between tries, and names."""

import itertools

from telephony.ari.connection import FIRST_PAUSE, LONGEST_PAUSE, STEADY, Backoff
from telephony.ari.ids import SLOTS, Names


def test_pauses_double_up_to_a_limit() -> None:
    backoff = Backoff(chance=lambda: 1.0)
    pauses = [backoff.after(0.0) for _ in range(8)]
    assert pauses == [min(LONGEST_PAUSE, FIRST_PAUSE * 2**n) for n in range(8)]


def test_chance_shortens_a_pause_to_half_at_most() -> None:
    assert Backoff(chance=lambda: 0.0).after(0.0) == FIRST_PAUSE / 2


def test_a_connection_that_breaks_at_once_again_and_again_is_no_good_one() -> None:
    """Connecting works and the socket is closed cleanly at once: this must not become a hot loop."""
    backoff = Backoff(chance=lambda: 1.0)
    assert [backoff.after(0.01) for _ in range(3)] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]


def test_after_a_good_connection_the_pauses_begin_anew() -> None:
    backoff = Backoff(chance=lambda: 1.0)
    for _ in range(5):
        backoff.after(0.0)
    assert backoff.after(STEADY) == FIRST_PAUSE


def test_a_name_says_what_it_is_and_whose() -> None:
    names, before = Names("halo"), Names("halo")
    assert names.is_leg(before.leg())
    assert not Names("other").is_leg(before.leg())
    assert names.is_talk(before.talk())
    assert not names.is_talk(before.leg())
    assert names.is_of_this_process(names.talk())
    assert not names.is_of_this_process(before.talk())


def test_names_differ_and_fit_asterisk() -> None:
    """Asterisk takes at most 149 characters for a channel's id."""
    names = Names("halo")
    made = [names.leg(), names.leg(), names.talk(), names.announcement()]
    assert len(set(made)) == 4
    assert max(map(len, made)) < 149


def test_the_next_process_can_stop_every_playback_of_a_channel() -> None:
    names, following = Names("halo"), Names("halo")
    playing = [names.playback("1", number) for number in range(3 * SLOTS)]
    assert set(playing) == set(following.playbacks("1"))
    assert all(one != after for one, after in itertools.pairwise(playing))
