"""What Asterisk answers when it says no, as errors; and the one function that tells them apart.

    telephony.errors.TelephonyError
    ├── Gone                  the channel is not there any more; never leaves `telephony.ari`
    ├── PbxAway
    │   ├── ServerFailed      HTTP 5xx; on originate it is a ring result, elsewhere Asterisk is ill
    │   └── WrongPassword     HTTP 401 or 403
    └── Refused
        └── AriRefused        HTTP 400, 409, 412, 422: the command did not fit the state
            └── Missing       HTTP 404 for a bridge, playback or label, while the channel may be well

`Gone` becomes `HungUp` in one place, `telephony.ari.while_up`.
"""

from telephony.errors import PbxAway, Refused, TelephonyError, WrongPassword


class Gone(TelephonyError):
    """The channel that a command was about has ended."""


class ServerFailed(PbxAway):
    """Asterisk failed inside (HTTP 5xx): "Allocation failed" for a phone that is not registered."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"Asterisk failed with HTTP {status}: {message}")
        self.status = status


class AriRefused(Refused):
    """Asterisk understood the command and refused it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"Asterisk refused with HTTP {status}: {message}")
        self.status = status


class Missing(AriRefused):
    """Something other than a channel is not there: a bridge, a playback, a dialplan label."""


NOT_CHANNELS = ("bridge", "playback", "label", "application", "resource")
"""What a 404 may be about besides a channel, as Asterisk's messages name it."""

MOMENT = frozenset({400, 409, 412, 422})
"""Refusals that a leg's end in the same moment may explain."""


def refusal(status: int, message: str, user: str) -> TelephonyError:
    """The error for an HTTP status of 400 or more; `user` is the ARI user, for the sentence about it."""
    said = message.lower()
    if status == 401:
        return WrongPassword(f"Asterisk refuses the ARI user '{user}' or its password.")
    if status == 403:
        return WrongPassword(f"Asterisk does not let the ARI user '{user}' give commands: {message}.")
    if status == 404:
        about_something_else = any(thing in said for thing in NOT_CHANNELS)
        return Missing(status, message) if about_something_else else Gone(message)
    if status == 400 and "not found" in said and "channel" in said:
        return Gone(message)  # addChannel says 400 where everything else says 404
    if status in MOMENT:
        return AriRefused(status, message)
    if status >= 500:
        return ServerFailed(status, message)
    return PbxAway(f"Asterisk answered HTTP {status}: {message}")
