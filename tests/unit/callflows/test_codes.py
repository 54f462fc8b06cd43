"""The keys of a phone in a talk: every code, every nonsense, and the pause that ends an extension."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.talk.codes import LONGEST, WITH_EXTENSION, Code, Dialled, Keys


def dialled(keys: str) -> list[Dialled]:
    """The codes that these keys are; an underscore is a pause."""
    heard = Keys()
    codes = [heard.pause() if key == "_" else heard.press(key) for key in keys]
    return [code for code in codes if code is not None]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("*21001#", Dialled(Code.HAND_OVER, "1001")),
        ("*21001_", Dialled(Code.HAND_OVER, "1001")),
        ("*31001#", Dialled(Code.CONSULT, "1001")),
        ("*4", Dialled(Code.COMPLETE)),
        ("*5", Dialled(Code.HOLD_OR_RESUME)),
        ("*0", Dialled(Code.TAKE_BACK)),
        ("12*5", Dialled(Code.HOLD_OR_RESUME)),
        ("*2*5", Dialled(Code.HOLD_OR_RESUME)),
        ("**5", Dialled(Code.HOLD_OR_RESUME)),
        ("*299*21001#", Dialled(Code.HAND_OVER, "1001")),
        ("*212345678#", Dialled(Code.HAND_OVER, "12345678")),
        ("*2112#", Dialled(Code.HAND_OVER, "112")),
    ],
)
def test_a_code(keys: str, code: Dialled) -> None:
    """A star begins it anew, whatever came before."""
    assert dialled(keys) == [code]


@pytest.mark.parametrize(
    "keys",
    [
        "",
        "1",
        "21001#",
        "#",
        "*",
        "*_",
        "*2_",
        "*2#",
        "*2_1001#",
        "*11",
        "*6",
        "*#",
        "*91001#",
        "*2123456789#",
    ],
)
def test_no_code(keys: str) -> None:
    """Left alone: it is for whatever machine is at the other end."""
    assert dialled(keys) == []


def test_codes_one_after_another() -> None:
    """Nothing is left of the one before."""
    assert dialled("*5*5*21001_*4*0") == [
        Dialled(Code.HOLD_OR_RESUME),
        Dialled(Code.HOLD_OR_RESUME),
        Dialled(Code.HAND_OVER, "1001"),
        Dialled(Code.COMPLETE),
        Dialled(Code.TAKE_BACK),
    ]


def test_a_code_that_has_begun_is_pending() -> None:
    """So that the driver knows to wait for the pause."""
    keys = Keys()
    pending = []
    for key in "1*21#*5":
        keys.press(key)
        pending.append(keys.pending)

    assert pending == [False, True, True, True, False, True, False]


@given(keys=st.text(alphabet="0123456789*#ABCD_", max_size=30))
def test_any_keys(keys: str) -> None:
    """Only codes with an extension have one, of digits that can be dialled; a pause leaves nothing behind."""
    for code in dialled(keys):
        assert bool(code.extension) == (code.code in WITH_EXTENSION)
        assert len(code.extension) <= LONGEST
        assert set(code.extension) <= set("0123456789ABCD")
    heard = Keys()
    for key in keys.replace("_", ""):
        heard.press(key)
    heard.pause()
    assert not heard.pending
    assert heard.press("5") is None
