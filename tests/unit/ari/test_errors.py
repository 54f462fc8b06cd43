"""Asterisk's refusals, by status and message."""

import pytest

from telephony.ari.errors import AriRefused, Gone, Missing, ServerFailed, refusal
from telephony.errors import PbxAway, TelephonyError, WrongPassword

ANSWERS: list[tuple[int, str, type[TelephonyError]]] = [
    (404, "Channel not found", Gone),
    (404, "", Gone),
    (400, "Channel not found", Gone),
    (400, "Provided originator channel was not found", Gone),
    (404, "Bridge not found", Missing),
    (404, "Playback not found", Missing),
    (404, "Requested label can not be found", Missing),
    (404, "Application not found", Missing),
    (400, "Invalid reason for hangup provided", AriRefused),
    (409, "Channel not in Stasis application", AriRefused),
    (412, "Channel in invalid state", AriRefused),
    (422, "Channel not in Stasis application", AriRefused),
    (500, "Allocation failed", ServerFailed),
    (503, "", ServerFailed),
    (401, "Authentication required", WrongPassword),
    (403, "Write access denied", WrongPassword),
    (418, "I am a teapot", PbxAway),
]


@pytest.mark.parametrize(("status", "message", "kind"), ANSWERS)
def test_a_refusal_has_one_meaning(status: int, message: str, kind: type[TelephonyError]) -> None:
    assert type(refusal(status, message, "halo")) is kind


def test_a_wrong_password_is_one_sentence() -> None:
    assert str(refusal(401, "Authentication required", "halo")) == (
        "Asterisk refuses the ARI user 'halo' or its password."
    )


def test_a_refusal_keeps_its_status() -> None:
    refused = refusal(409, "Channel not in Stasis application", "halo")
    assert isinstance(refused, AriRefused)
    assert refused.status == 409
