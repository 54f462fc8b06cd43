"""If-Match (RFC 9110 §13.1.1): nobody overwrites what they have not seen."""

from http import HTTPStatus

from api.http.parameters import Parameter, quoted
from api.http.problems import Problem

ANY = "*"


def _tag(text: str) -> str:
    return text.strip().removeprefix("W/").strip('"')


IF_MATCH = Parameter(
    "If-Match",
    "The mark of what is changed, as its ETag gave it",
    'the ETag that came with what is changed, like "0123456789abcdef" with its quotation marks, or *',
    {"type": "string"},
    _tag,
)

STATUSES = {
    412: "It was changed meanwhile: read it again, and send its new mark",
    428: "If-Match is missing",
}


def must_match(given: str | None, mark: str, what: str) -> None:
    """Be sure that the mark sent is the present one. Raises Problem: 428 without one, 412 with another."""
    if given is None:
        detail = (
            f'Send the mark of the {what} that you have read as "If-Match": its ETag, with quotation marks.'
        )
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED, detail)
    if given not in (ANY, mark):
        detail = f"Somebody has changed this {what} since {quoted(given)}; read it again, and change what it is now."
        raise Problem(HTTPStatus.PRECONDITION_FAILED, detail)
