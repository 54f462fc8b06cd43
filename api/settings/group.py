"""What every group of settings is made of: its fields' words, and the kinds of values that several share."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from yarl import URL


@dataclass(frozen=True, slots=True)
class Means:
    """What a field is for, and what its value must be, in words for the administrator."""

    what: str
    must: str
    secret: bool = False


class Group(BaseModel):
    """Settings that belong together: frozen, and deaf to unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def web_address(text: str) -> str:
    """An address of a web server without a user or a query in it, and without a slash at its end."""
    url = URL(text)
    if url.scheme not in {"http", "https"} or not url.host or url.user is not None or url.query_string:
        raise ValueError
    return text.rstrip("/")


Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Days = Annotated[int, Field(ge=1, le=36500)]
WORD = "letters, digits, - and _ only"
DAYS = "a whole number of days, from 1 to 36500"
