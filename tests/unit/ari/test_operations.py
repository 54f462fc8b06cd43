"""An operation of Asterisk's own description: where its parameters go, and which do not fit."""

from typing import Any

import pytest

from telephony.ari.operations import Operation, path_of

RING: dict[str, Any] = {
    "nickname": "originateWithId",
    "httpMethod": "POST",
    "parameters": [
        {"name": "channelId", "paramType": "path", "required": True},
        {"name": "endpoint", "paramType": "query", "required": True},
        {"name": "app", "paramType": "query", "required": False},
        {"name": "variables", "paramType": "body", "required": False},
    ],
}


def _ring() -> Operation:
    return Operation.of("http://elsewhere.example:1/ari/channels/{channelId}", RING)


def test_path_query_and_body() -> None:
    """Each parameter goes where the description says, and only there what means something else is disguised."""
    asked = _ring().asks({"channelId": "halo/1?", "endpoint": "PJSIP/1011@trunk&x", "variables": {"A": "ł"}})
    assert asked == (
        "POST",
        "/ari/channels/halo%2F1%3F?endpoint=PJSIP/1011%40trunk%26x",
        '{"variables": {"A": "\\u0142"}}',
    )


def test_a_list_is_written_with_commas() -> None:
    """Several clips are one parameter."""
    described = {
        "nickname": "play",
        "httpMethod": "POST",
        "parameters": [dict(RING["parameters"][1], name="media")],
    }
    play = Operation.of("http://pbx/ari/x", described)
    assert play.asks({"media": ["sound:/a b", "sound:/c"]}).resource == "/ari/x?media=sound:/a%20b,sound:/c"


@pytest.mark.parametrize(
    ("given", "said"),
    [({"channelId": "1"}, "needs"), ({"channelId": "1", "endpoint": "x", "colour": "red"}, "colour")],
)
def test_what_does_not_fit_is_our_own_mistake(given: dict[str, object], said: str) -> None:
    """An Asterisk that knows no such parameter is not asked."""
    with pytest.raises(TypeError, match=said):
        _ring().asks(given)


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1:8088/ari/channels", "http://pbx/behind/ari/channels", "/ari/channels"]
)
def test_only_the_path_of_an_address_is_kept(url: str) -> None:
    """Our password goes where we were told."""
    assert path_of(url) == "/ari/channels"
