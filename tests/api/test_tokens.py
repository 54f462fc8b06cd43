"""Tokens: shown once, kept as hashes, valid until revoked, for every process at once."""

import json
import stat
from pathlib import Path

import pytest

from api.tokens import Scope, TokenError, Tokens


def test_a_token_opens_until_it_is_revoked(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    made, text = tokens.create("screen", Scope.READ)
    assert tokens.bearer(text) == made
    assert tokens.revoke("screen") == made
    assert tokens.bearer(text) is None


def test_its_text_is_kept_nowhere(tmp_path: Path) -> None:
    _, text = Tokens(tmp_path).create("screen", Scope.READ)
    assert text.startswith("halo_")
    assert len(text) > 40
    assert all(text not in file.read_text() for file in tmp_path.iterdir())


def test_only_the_services_user_may_read_the_hashes(tmp_path: Path) -> None:
    Tokens(tmp_path).create("screen", Scope.READ)
    assert stat.S_IMODE((tmp_path / "tokens.json").stat().st_mode) == 0o600


def test_a_wrong_token_opens_nothing(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    assert tokens.bearer("halo_x") is None
    _, text = tokens.create("screen", Scope.READ)
    for wrong in ("", "halo_", text[:-1], text + "x", text.upper(), "\udcff"):
        assert tokens.bearer(wrong) is None


def test_a_change_by_another_process_is_seen(tmp_path: Path) -> None:
    service, command = Tokens(tmp_path), Tokens(tmp_path)
    _, first = command.create("one", Scope.READ)
    assert service.bearer(first) is not None
    _, second = command.create("two", Scope.METRICS)
    assert service.bearer(second) is not None
    command.revoke("one")
    assert service.bearer(first) is None


@pytest.mark.parametrize("name", ["", "  ", "desk\x1b[2K", "desk\n2026", "desk\u2028"])
def test_who_commands_has_a_name(tmp_path: Path, name: str) -> None:
    """Without one the record would say that the clerk's own phone had asked; signs that act on a terminal are none."""
    with pytest.raises(TokenError, match="printable"):
        Tokens(tmp_path).create(name, Scope.DESK)


def test_names_are_used_once(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    tokens.create("one", Scope.READ)
    with pytest.raises(TokenError, match="already"):
        tokens.create("one", Scope.READ)
    assert len(tokens.all()) == 1


def test_revoking_what_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(TokenError, match="halo token list"):
        Tokens(tmp_path).revoke("gone")


@pytest.mark.parametrize("damage", ["", "{", "[{}]", '[{"id": 1}]', json.dumps([{"scope": "all"}])])
def test_a_damaged_file_is_one_sentence_and_lets_nobody_in(tmp_path: Path, damage: str) -> None:
    (tmp_path / "tokens.json").write_text(damage)
    with pytest.raises(TokenError, match="damaged"):
        Tokens(tmp_path).bearer("halo_x")


@pytest.mark.parametrize(
    ("has", "needs", "may"),
    [
        (Scope.METRICS, Scope.METRICS, True),
        (Scope.METRICS, Scope.READ, False),
        (Scope.READ, Scope.METRICS, True),
        (Scope.READ, Scope.PERSONAL, False),
        (Scope.PERSONAL, Scope.READ, True),
        (Scope.PERSONAL, Scope.DESK, False),
        (Scope.DESK, Scope.PERSONAL, True),
        (Scope.READ, Scope.LOOK_UP, True),
        (Scope.LOOK_UP, Scope.METRICS, False),
        (Scope.DESK, Scope.DIRECTORY, False),
        (Scope.DIRECTORY, Scope.LOOK_UP, True),
        (Scope.DIRECTORY, Scope.READ, False),
    ],
)
def test_what_a_scope_includes(has: Scope, needs: Scope, may: bool) -> None:
    assert has.includes(needs) is may
