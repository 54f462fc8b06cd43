"""What a play consists of: acts, each some time after the one before. Drawn by hypothesis, so it shrinks."""

from dataclasses import dataclass

from hypothesis import strategies as st

CITIZENS = 3
CLERKS = ("1101", "1102", "1103")
COLLEAGUES = ("1001", "1002", "1003")
PHONES = (*CLERKS, *COLLEAGUES)
SOMEBODY = (*PHONES, "1799", "1777", "112", "0447327600", "")
"""Whom a phone may name: each other, a unit's line, nobody, an emergency, the outside."""


@dataclass(frozen=True, slots=True)
class Act:
    """`who` does something, `after` seconds; None: in the same instant, before anybody else can stir."""

    after: float | None
    who: str
    does: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    """Where it begins, what is done, and how long everybody waits before they go home."""

    closes_in: float | None
    """Seconds until the hall closes; None: not today."""
    on_duty: tuple[str, ...]
    """The clerks who have logged on when it begins."""
    moods: tuple[str, ...]
    """How each colleague's phone behaves when it begins."""
    acts: tuple[Act, ...]
    crash: int | None
    """Before which act the PBX restarts; None: never."""
    killed: int | None
    """Before which act the service is killed; None: never."""
    away: int
    """How many acts pass until it starts again."""
    stays: float
    """Seconds that pass at the end before everybody puts down."""


PAUSES = st.sampled_from([None, 0.0, 0.1, 0.5, 1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 15.0, 30.0])
"""Mostly shorter than what goes on, now and then longer than any timer of a transfer."""

NOTHING = Act(0.0, "nobody", "waits")
"""What every act shrinks to."""

CITIZEN = st.integers(0, CITIZENS - 1).map(lambda number: f"citizen {number}")
PHONE = st.sampled_from(PHONES)
CLERK = st.sampled_from(CLERKS)
HOST = st.integers(0, CITIZENS - 1).map(lambda number: f"host {number}")
"""Whoever has this citizen now, or had them last."""
RUNG = PHONE | st.just("rung")
"""A certain phone, or whichever rings."""
ANYBODY = HOST | HOST | PHONE
BEHAVIOURS = (
    "takes-it",
    "takes-it",
    "never-answers",
    "gives-up",
    "declines",
    "declines-by-key",
    "voicemail",
    "says-nothing",
    "hangs-up-at-once",
    "hangs-up-while-announced",
    "busy",
    "dead",
    "one-way-audio",
    "by-hand",
)

CODES = tuple(
    [f"*2{number}#" for number in SOMEBODY]
    + [f"*3{number}#" for number in SOMEBODY]
    + ["*21001", "*31102", "*4", "*4", "*5", "*5", "*0", "*0", "1", "2", "*", "#", "*9", "*2"]
)
PLAIN = ("hold", "resume", "complete", "cancel", "take_back", "leave")
COMMANDS = (
    *PLAIN,
    *(
        f"{how} {whom}"
        for how in ("stay", "leave", "consult")
        for whom in (
            "person anna",
            "person adam",
            "person nobody",
            "matter id-card",
            "unit usc",
            "at 1002",
            "at 1777",
        )
    ),
)


def _acts(who: st.SearchStrategy[str], does: str, *what: str) -> st.SearchStrategy[Act]:
    return st.builds(Act, PAUSES, who, st.just(does), st.sampled_from(what) if what else st.just(""))


ACTS = st.one_of(
    st.just(NOTHING),
    _acts(CITIZEN, "wants", "0", "0", "0", "80", "1", "2", "32", "33"),
    _acts(CITIZEN, "wants", "0", "0", "0", "80", "1", "2", "32", "33"),
    _acts(CITIZEN, "presses", "0", "1", "2", "3", "8", "9", "*", "#", "5", "0", "2"),
    _acts(CITIZEN, "hangs up"),
    _acts(CITIZEN, "holds"),
    _acts(CITIZEN, "resumes"),
    _acts(CLERK, "dials", "*11", "*12", "*13"),
    _acts(CLERK, "works", "log_on", "log_on", "pause", "log_off"),
    _acts(ANYBODY, "dials", *SOMEBODY[:-1]),
    _acts(PHONE, "becomes", *BEHAVIOURS),
    _acts(PHONE, "becomes", *BEHAVIOURS),
    _acts(RUNG, "answers"),
    _acts(RUNG, "declines"),
    _acts(ANYBODY, "presses", *CODES),
    _acts(ANYBODY, "presses", *CODES),
    _acts(ANYBODY, "presses", *CODES),
    _acts(ANYBODY, "refers", *SOMEBODY),
    _acts(ANYBODY, "refers to consulted"),
    _acts(PHONE, "puts down when told", "yes", "no"),
    _acts(ANYBODY, "holds"),
    _acts(ANYBODY, "resumes"),
    _acts(ANYBODY, "hangs up"),
    _acts(ANYBODY, "puts the second call down"),
    _acts(ANYBODY, "falls silent"),
    _acts(PHONE, "unregisters", "off", "on"),
    _acts(CITIZEN, "is commanded", *COMMANDS),
    _acts(CITIZEN, "is commanded", *COMMANDS),
    _acts(CITIZEN, "is commanded", *PLAIN),
    _acts(CITIZEN, "is commanded", *PLAIN),
    _acts(ANYBODY, "presses", "*4", "*0", "*5"),
)
OPENING = st.lists(
    st.builds(
        Act,
        st.sampled_from([0.0, 1.0, 20.0]),
        CITIZEN,
        st.just("wants"),
        st.sampled_from(["0", "0", "1", "80", "2", "32", ""]),
    ),
    min_size=1,
    max_size=3,
)
"""Most plays are about people who talk: so somebody calls first, and has reached somebody when the rest begins."""

PLAYS = st.builds(
    lambda opening, before, acts, **rest: Play(
        acts=(*opening, Act(before, "nobody", "waits"), *acts), **rest
    ),
    opening=OPENING,
    before=st.sampled_from([20.0, 14.0, 0.0, 16.0, 30.0]),
    acts=st.lists(ACTS, min_size=12, max_size=30),
    moods=st.tuples(*(st.sampled_from(BEHAVIOURS) for _ in COLLEAGUES)),
    closes_in=st.sampled_from([None, None, None, 40.0, 90.0]),
    on_duty=st.sampled_from([CLERKS, CLERKS, CLERKS[:1], CLERKS[:2], ()]),
    crash=st.sampled_from([None] * 12 + [8, 16]),
    killed=st.sampled_from([None, None, None, 4, 7, 10, 13, 17]),
    away=st.sampled_from([0, 0, 1, 4]),
    stays=st.sampled_from([0.0, 1.0, 20.0, 150.0]),
)
