"""Settings of the pages: how browsers reach them, how long sessions last, and the hall's identity provider."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from api.settings.group import Group, Means, Name, web_address


def _https(text: str | None) -> str | None:
    return None if text is None else web_address(text)


class Web(Group):
    """The pages that clerks, supervisors and administrators open in a browser."""

    address: Annotated[
        str | None,
        AfterValidator(_https),
        Means(
            "where browsers reach the pages, if a proxy stands before them; with https, cookies are for https only",
            "https://HOST or http://HOST:PORT",
        ),
    ] = None
    proxy: Annotated[
        str,
        Means(
            "the address of the proxy that stands before the pages: its X-Forwarded-For is believed",
            "an IP address",
        ),
    ] = ""
    idle_minutes: Annotated[
        int,
        Field(ge=5, le=1440),
        Means("a session ends when nothing was done for so long", "minutes, a whole number from 5 to 1440"),
    ] = 120
    session_hours: Annotated[
        int,
        Field(ge=1, le=168),
        Means("a session ends after so long in any case", "hours, a whole number from 1 to 168"),
    ] = 12

    @property
    def idle(self) -> timedelta:
        """How long a session may be unused."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest(self) -> timedelta:
        """How long a session may last."""
        return timedelta(hours=self.session_hours)


class Oidc(Group):
    """The hall's identity provider (OpenID Connect), if people may sign in by it."""

    issuer: Annotated[
        str | None,
        AfterValidator(_https),
        Means("the identity provider; nobody signs in by one if not set", "https://HOST/PATH, its issuer"),
    ] = None
    client_id: Annotated[Name, Means("our name at the provider", "a text")] = "halo-urzad"
    client_secret: Annotated[
        SecretStr | None, Means("our secret at the provider", "a text (in TOML between quotes)", secret=True)
    ] = None
    client_secret_file: Annotated[
        Path | None, Means("a file that holds the secret", "the path of a readable file, not empty")
    ] = None
    name: Annotated[Name, Means("what the provider is called on the sign-in page", "a name")] = "Konto urzędu"
