"""Passwords: which are taken, how they are made up, and that nobody learns by the clock whether a name exists."""

import time

import pytest

from api.accounts import passwords
from api.accounts.passwords import Cost, Passwords, fault, made_up

CHEAP = Cost(passes=1, kibibytes=8, lanes=1)


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("jedenascie1", passwords.TOO_SHORT),
        ("x" * 257, passwords.TOO_LONG),
        ("password1234", passwords.TOO_COMMON),
        ("qwertyuiop12", passwords.TOO_COMMON),
        ("aaaaaaaaaaaa", passwords.TOO_COMMON),
        ("Piotrkow2026!", passwords.TOO_COMMON),
        ("annatestowa1", passwords.TOO_COMMON),
        ("trzy kaczki i rower", None),
        ("x7#kQ!29vLmz", None),
        ("łódź żaglowa w bibliotece", None),
    ],
)
def test_a_password_is_long_and_not_easily_guessed(password: str, wrong: str | None) -> None:
    assert fault(password, ["Anna", "Testowa"]) == wrong


def test_a_password_that_was_made_up_is_good_and_never_the_same() -> None:
    made = {made_up() for _ in range(100)}
    assert len(made) == 100
    assert {fault(each) for each in made} == {None}
    assert all(len(each) == 27 and each.replace("-", "").isalpha() for each in made)


async def test_a_hash_tells_the_right_password_from_others() -> None:
    keeps = Passwords(CHEAP)
    kept = await keeps.hashed("trzy kaczki i rower")
    assert kept.startswith("$argon2id$")
    assert await keeps.right(kept, "trzy kaczki i rower")
    assert not await keeps.right(kept, "trzy kaczki i rowe")
    assert not await keeps.right("damaged", "trzy kaczki i rower")
    assert not await keeps.right(None, "trzy kaczki i rower")
    assert keeps.outdated(kept) is False
    assert Passwords(Cost(passes=2, kibibytes=8, lanes=1)).outdated(kept) is True


async def test_a_name_without_an_account_takes_as_long_as_one_with() -> None:
    """By processor time, which other tests beside this one do not change; the fastest of some tries each."""
    keeps = Passwords(Cost(passes=2, kibibytes=8192, lanes=1))
    kept = await keeps.hashed("trzy kaczki i rower")
    took = {}
    for name, hash_ in (("known", kept), ("unknown", None)):
        tries = []
        for _ in range(5):
            began = time.process_time()
            assert not await keeps.right(hash_, "another password")
            tries.append(time.process_time() - began)
        took[name] = min(tries)
    assert 0.5 < took["known"] / took["unknown"] < 2
