"""Which addresses a visitor is sent on to."""

import pytest

from api.pages.addresses import HOME, ours


@pytest.mark.parametrize(
    "wished",
    [
        "",
        "home",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x\r\n",
        "/ścieżka",
        "/x" * 1000,
        " /home",
    ],
)
def test_nobody_is_sent_on_to_somewhere_else(wished: str) -> None:
    assert ours(wished) == HOME


@pytest.mark.parametrize("wished", ["/account", "/directory?q=dow%C3%B3d", "/units/del?x=https://a.example"])
def test_who_was_going_somewhere_here_goes_on_there(wished: str) -> None:
    assert ours(wished) == wished
