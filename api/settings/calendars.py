"""Settings of people's calendars: how often they are read, and which servers of the hall's own network may be asked."""

from typing import Annotated

from pydantic import AfterValidator, Field

from api.settings.group import Group, Means


def _hosts(text: str) -> str:
    if any(not each.strip() or set(each.strip()) & set("/:@ ") for each in text.split(",")) and text.strip():
        raise ValueError
    return text


class Calendars(Group):
    """Calendars that the service reads to learn who is away."""

    every_minutes: Annotated[
        int,
        Field(ge=5, le=1440),
        Means("how often people's calendars are read", "minutes, a whole number from 5 to 1440"),
    ] = 15
    inner: Annotated[
        str,
        AfterValidator(_hosts),
        Means(
            "calendar servers inside the hall's network; all others must be public, and use https",
            "host names with commas between them",
        ),
    ] = ""

    @property
    def every(self) -> float:
        """Seconds between two readings."""
        return self.every_minutes * 60.0

    @property
    def inner_hosts(self) -> frozenset[str]:
        """The hosts that may be in the hall's own network."""
        return frozenset(each.strip().lower() for each in self.inner.split(",") if each.strip())
