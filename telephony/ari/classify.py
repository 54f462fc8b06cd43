"""Why a ring failed: pure, from what we did and saw, never from the hang-up cause alone.

Asterisk shows 19/480 both when a phone says 480 and when nobody answered our own originate; and gives the
Dial status NOANSWER for 603, 480 and 404 alike. So: our own cancel first, then a redirect, then the SIP
status, then the Q.850 cause. https://docs.asterisk.org/Configuration/Miscellaneous/Hangup-Cause-Mappings/
"""

from dataclasses import dataclass

from telephony.values import Ended, LegEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is known of a rung leg when it is gone. `tech_cause` is the SIP status, 0 if none."""

    answered: bool = False
    rang: bool = False
    stopped: bool = False
    """A story stopped it, before it ended by itself."""
    silent_for: float | None = None
    """Our own timer ended it: it showed no RINGING for so many seconds."""
    redirected: bool = False
    """The phone sent 302 (or another 3xx), which we never follow."""
    cause: int = 0
    """Q.850."""
    tech_cause: int = 0


BUSY_SIP, BUSY_CAUSE = frozenset({486, 600}), 17
DECLINED_SIP, REJECTED_CAUSE = frozenset({603, 607, 608}), 21
GAVE_UP_SIP, GAVE_UP_CAUSES = frozenset({408, 480}), frozenset({16, 18, 19})
REDIRECTED_CAUSE = 23


def classify(ending: Ending) -> LegEnded:
    """Our own word for how a leg ended, with the detail for the record."""
    sip, cause = ending.tech_cause, ending.cause
    if ending.silent_for is not None:
        return LegEnded(Ended.UNREACHABLE, f"no ringing in {ending.silent_for:g} s")
    if ending.stopped:
        return LegEnded(Ended.STOPPED)
    if ending.answered:
        return LegEnded(Ended.HUNG_UP)
    if ending.redirected or cause == REDIRECTED_CAUSE or 300 <= sip < 400:
        return LegEnded(Ended.UNREACHABLE, "redirected")
    detail = str(sip) if sip else f"cause {cause}"
    if sip in BUSY_SIP or cause == BUSY_CAUSE:
        return LegEnded(Ended.BUSY, detail)
    if sip in DECLINED_SIP or (not sip and cause == REJECTED_CAUSE):
        return LegEnded(Ended.DECLINED, detail)
    gave_up = sip in GAVE_UP_SIP or (not sip and cause in GAVE_UP_CAUSES)
    if gave_up and ending.rang:
        return LegEnded(Ended.NO_ANSWER, detail)
    return LegEnded(Ended.UNREACHABLE, detail)


NOT_REGISTERED = LegEnded(Ended.UNREACHABLE, "not registered")
"""Asterisk answered the originate with HTTP 500, "Allocation failed": no contact, or no such endpoint."""
