"""The installation's key: one for all starts, nobody else's, and good for one purpose at a time."""

from pathlib import Path

import pytest

from api.accounts.key import FILE, Key, key_of
from api.service import StartError


def test_the_key_is_made_once_and_for_its_user_alone(tmp_path: Path) -> None:
    first, second = key_of(tmp_path), key_of(tmp_path)
    assert first.mark("a", "text") == second.mark("a", "text")
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert key_of(tmp_path).mark("b", "text") != first.mark("a", "text")


def test_a_damaged_key_is_made_anew_and_one_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"short")
    key_of(tmp_path)
    assert len((tmp_path / FILE).read_bytes()) == 32
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    with pytest.raises(StartError, match="give it to this user"):
        key_of(tmp_path)


@pytest.mark.parametrize("changed", ["", ".", "x", "x.text", "ą.text"])
def test_what_was_not_sealed_is_not_opened(changed: str) -> None:
    assert Key(b"k" * 32).opened("a", changed) is None


def test_what_was_sealed_is_opened_for_its_purpose_only() -> None:
    key = Key(b"k" * 32)
    sealed = key.sealed("a", "text.with.dots")
    assert key.opened("a", sealed) == "text.with.dots"
    assert key.opened("b", sealed) is None
    assert Key(b"l" * 32).opened("a", sealed) is None
