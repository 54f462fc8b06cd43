"""Settings of the hall's own directory of accounts, from which people are kept up to date."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from yarl import URL

from api.settings.group import Group, Means
from directory.importing.meanings import Meaning

DEFAULTS: Mapping[str, Mapping[Meaning, str]] = {
    "ad": {
        Meaning.NAME: "displayName",
        Meaning.GIVEN: "givenName",
        Meaning.SURNAME: "sn",
        Meaning.POSITION: "title",
        Meaning.UNIT: "department",
        Meaning.PHONES: "telephoneNumber",
        Meaning.EXTENSION: "ipPhone",
        Meaning.MOBILE: "mobile",
        Meaning.EMAIL: "mail",
        Meaning.ROOM: "physicalDeliveryOfficeName",
    },
    "openldap": {
        Meaning.NAME: "displayName",
        Meaning.GIVEN: "givenName",
        Meaning.SURNAME: "sn",
        Meaning.POSITION: "title",
        Meaning.UNIT: "departmentNumber",
        Meaning.PHONES: "telephoneNumber",
        Meaning.MOBILE: "mobile",
        Meaning.EMAIL: "mail",
        Meaning.ROOM: "roomNumber",
    },
}
"""Which attribute holds what, by the kind of server."""
FILTERS = {
    "ad": "(&(objectCategory=person)(objectClass=user))",
    "openldap": "(objectClass=inetOrgPerson)",
}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _ldap_address(text: str | None) -> str | None:
    if text is None:
        return None
    url = URL(text)
    if (
        url.scheme not in {"ldap", "ldaps"}
        or not url.host
        or url.user is not None
        or url.path not in ("", "/")
    ):
        raise ValueError
    return f"{url.scheme}://{url.raw_host}:{url.port or (636 if url.scheme == 'ldaps' else 389)}"


def pairs(text: str) -> dict[Meaning, str]:
    """Read "extension=ipPhone, room=roomNumber"; an empty attribute takes a default away. Raises ValueError."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        meaning, equals, attribute = (word.strip() for word in part.partition("="))
        if not equals:
            raise ValueError
        found[Meaning(meaning)] = attribute
    return found


def _pairs(text: str) -> str:
    pairs(text)
    return text


class Ldap(Group):
    """The hall's own directory of accounts: Active Directory, OpenLDAP, or another that speaks LDAP."""

    url: Annotated[
        str | None,
        AfterValidator(_ldap_address),
        Means("the LDAP server; nothing is read if not set", "ldaps://HOST or ldap://HOST, without a path"),
    ] = None
    kind: Annotated[
        Literal["ad", "openldap"],
        Means("what it is: decides the filter and the attributes", 'one of "ad", "openldap"'),
    ] = "ad"
    starttls: Annotated[
        bool, Means("whether ldap:// turns to TLS before anything is said (StartTLS)", "true or false")
    ] = False
    ca_file: Annotated[
        Path | None, Means("who signs the server's certificate; else the system's list", "a file's path")
    ] = None
    bind_dn: Annotated[str, Means("as whom we read; nobody if empty", "a name such as CN=...,DC=...")] = ""
    password: Annotated[
        SecretStr | None, Means("its password", "a text (in TOML between quotes)", secret=True)
    ] = None
    password_file: Annotated[
        Path | None, Means("a file that holds the password", "the path of a readable file, not empty")
    ] = None
    base: Annotated[str, Means("where the people are", "a name such as OU=Urzad,DC=...")] = ""
    filter: Annotated[
        str, Means("who is read; that of the kind if empty", "an LDAP filter in parentheses")
    ] = ""
    attributes: Annotated[
        str,
        AfterValidator(_pairs),
        Means(
            "where attributes differ from those of the kind",
            '"extension=ipPhone, room=roomNumber"; an empty one is not read',
        ),
    ] = ""
    reached: Annotated[
        Literal["here", "trunk"],
        Means("where new people's extensions are reached", 'one of "here", "trunk"'),
    ] = "here"
    timeout: Annotated[
        float, Field(ge=1, le=600), Means("how long a whole answer may take", "seconds, from 1 to 600")
    ] = 60.0
    most_gone: Annotated[
        float,
        Field(ge=0, le=100),
        Means("if more people than this would go, nothing is done", "percent, from 0 to 100"),
    ] = 10.0

    @property
    def search_filter(self) -> str:
        """Who is read."""
        return self.filter or FILTERS[self.kind]

    @property
    def mapping(self) -> dict[Meaning, str]:
        """Which attribute holds what."""
        return {
            meaning: name
            for meaning, name in {**DEFAULTS[self.kind], **pairs(self.attributes)}.items()
            if name
        }

    @property
    def in_the_clear(self) -> bool:
        """Whether a password would be readable on the network."""
        url = URL(self.url or "")
        return url.scheme == "ldap" and not self.starttls and url.host not in LOOPBACK
