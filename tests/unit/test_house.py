"""The rules of the house that neither ruff nor mypy can see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[2]
ROOMS = ("telephony", "callflows", "directory", "callbacks", "records", "api")
LONGEST = 260
"""Lines of a module: a longer one is two rooms."""
CATCH_ALLS = 3
"""Places that may catch every Exception: each is a border where one call must not harm another."""


def modules(*folders: str) -> list[Path]:
    """Every Python file under these folders of the clone; migrations are written by a tool."""
    found = (path for folder in folders for path in sorted((CLONE / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def named(path: Path) -> str:
    """The path as seen from the clone."""
    return str(path.relative_to(CLONE))


OURS = modules(*ROOMS, "docker")
TESTS = modules("tests")


@pytest.mark.parametrize("path", OURS, ids=named)
def test_a_module_is_one_room(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def catch_alls(path: Path) -> Iterator[str]:
    """Where a module catches every Exception: bare, by name, or in a tuple; suppress() counts too.

    A handler that ends with a plain `raise` only tidies up, and is none.
    """
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            if ast.unparse(node.body[-1]) == "raise":
                continue
            caught = [node.type] if node.type else [ast.Name("BaseException")]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            caught = list(node.args)
        else:
            continue
        flat = [one for kind in caught for one in (kind.elts if isinstance(kind, ast.Tuple) else [kind])]
        if any(ast.unparse(one) in ("Exception", "BaseException") for one in flat):
            yield f"{named(path)}:{node.lineno}"


def test_few_places_catch_everything() -> None:
    places = [place for path in OURS for place in catch_alls(path)]
    assert len(places) <= CATCH_ALLS, places


UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
MOCKS = re.compile(r"unittest\.mo" + r"ck|Magic" + r"Mock|monkey" + r"patch|\bmock" + r"er\b")
WAITS = re.compile(r"(?:time|asyncio)\.sle" + r"ep\((?!0\))")
PASSED_OVER = re.compile(r"pytest\.(?:mark\.)?(?:sk" + r"ip|xf" + r"ail|importor" + r"skip)")


def matching(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """Each line that matches, as path:line."""
    return [
        f"{named(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_is_left_unfinished() -> None:
    scripts = [path for path in sorted((CLONE / "script").iterdir()) if path.is_file()]
    assert matching(OURS + TESTS + scripts, UNFINISHED) == []


def test_tests_use_real_parts_or_fakes_never_mocks() -> None:
    assert matching(TESTS, MOCKS) == []


def test_tests_wait_for_events_not_for_time_to_pass() -> None:
    assert matching([path for path in TESTS if "fakes" not in path.parts], WAITS) == []


def test_no_test_is_passed_over() -> None:
    assert matching(TESTS, PASSED_OVER) == []
