"""The errors a telephone can raise, drawn as a tree.

    TelephonyError
    ├── HungUp            the caller's leg is gone; raised out of every verb of a Call. No story catches it
    ├── PbxAway           Asterisk does not answer, or answers nonsense; the line is not ready
    │   └── WrongPassword     Asterisk answers, and does not let us in: waiting will not help
    ├── LineTaken         another process serves this line now; whoever sees it stops, and hangs nobody up
    ├── Refused           Asterisk understood and said no, and the leg is still there: a bug of ours
    └── NoVoice           a text could not be turned into audio

`telephony.ari` knows one more, `Gone` (404, or 400 "Channel not found"): it never leaves that package,
where it becomes `HungUp` in exactly one place.
"""


class TelephonyError(Exception):
    """Anything that went wrong between us and the telephone network."""


class HungUp(TelephonyError):
    """The caller's leg is gone. Not a failure: the most ordinary end of a call."""


class PbxAway(TelephonyError):
    """Asterisk cannot be reached, or does not speak ARI."""


class WrongPassword(PbxAway):
    """Asterisk refused our ARI user or password (HTTP 401)."""


class LineTaken(TelephonyError):
    """Another process has connected under our application's name, and gets all events from now on."""


class Refused(TelephonyError):
    """Asterisk refused a command although the leg is up (HTTP 409, 422, or 400): our own mistake."""


class NoVoice(TelephonyError):
    """No engine could speak this text, and no recording replaces it."""
