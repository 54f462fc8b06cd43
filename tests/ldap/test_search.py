"""Reading a real slapd: whole answers, in pages, over TLS; and for everything else one sentence with its mend."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from api.doctor import Standing, neighbours
from api.ldap.ldif import BadLdif, objects
from api.ldap.search import LdapError, searched
from api.settings import Settings as AllSettings
from api.settings.ldap import Ldap
from tests.ldap.slapd import AD, BASE, PASSWORD, READER, SEVERAL, Slapd
from tests.ldap.tree import active_directory, everybody, openldap

Settings = Callable[..., Ldap]


@pytest.fixture(scope="module")
def server() -> Iterator[Slapd]:
    """As Active Directory keeps people."""
    with Slapd(active_directory(everybody()), AD) as running:
        yield running


@pytest.fixture
def settings(server: Slapd) -> Settings:
    """The settings for this server, but for what a test says."""

    def make(**other: Any) -> Ldap:
        usual: dict[str, Any] = {
            "url": server.url,
            "bind_dn": READER,
            "password": SecretStr(PASSWORD),
            "base": f"ou=Urzad,{BASE}",
            "timeout": 20.0,
        }
        return Ldap(**{**usual, **other})

    return make


async def test_everybody_is_read_in_pages(settings: Settings) -> None:
    found = await searched(settings())
    assert len(found) == len(everybody()) > SEVERAL
    anna = next(each for each in found if each.texts("sn") == ("Przykładowa",))
    assert anna.dn == f"cn=Przykładowa Anna,ou=Urzad,{BASE}"
    assert anna.texts("department") == ("Referat Ewidencji Ludności",)
    assert len(anna.values["objectguid"][0]) == 16
    assert anna.texts("userPassword") == ()


async def test_over_tls_with_the_halls_own_authority(server: Slapd, settings: Settings) -> None:
    secure = await searched(settings(url=server.tls_url, ca_file=server.ca))
    turned = await searched(settings(starttls=True, ca_file=server.ca))
    assert len(secure) == len(turned) == len(everybody())


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"url": None}, "ldap.url"),
        ({"password": SecretStr("falsch")}, "refused the account"),
        ({"bind_dn": "cn=nobody," + BASE}, "refused the account"),
        ({"base": "ou=Nowhere," + BASE}, "ldap.base"),
        ({"base": "no name"}, "ldap.base or ldap.bind_dn"),
        ({"filter": "(((", "attributes": ""}, "ldap.filter"),
        ({"url": "ldap://127.0.0.1:1"}, "cannot be reached"),
        ({"url": "ldap://ldap.example:389"}, "cross the network readably"),
        ({"starttls": True}, "ldap.ca_file"),
    ],
)
async def test_what_goes_wrong_is_one_sentence_with_its_mend(
    settings: Settings, other: dict[str, Any], told: str
) -> None:
    with pytest.raises(LdapError, match=r"^The .*|^No .*") as wrong:
        await searched(settings(**other))
    assert told in str(wrong.value)
    assert PASSWORD not in str(wrong.value)
    assert "\n" not in str(wrong.value)


async def test_a_server_that_nobody_we_trust_vouches_for_is_not_asked(
    server: Slapd, settings: Settings
) -> None:
    with pytest.raises(LdapError, match="certificate is not trusted"):
        await searched(settings(url=server.tls_url))


async def test_a_server_that_does_not_answer_is_given_up(settings: Settings, unanswering: str) -> None:
    with pytest.raises(LdapError, match="did not answer within 1 s"):
        await searched(settings(url=unanswering, timeout=1.0))


@pytest.fixture
def unanswering() -> Iterator[str]:
    """Somebody who takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"ldap://127.0.0.1:{silent.getsockname()[1]}"


async def test_openldap_keeps_people_otherwise(settings: Settings) -> None:
    with Slapd(openldap(everybody())) as server:
        found = await searched(settings(url=server.url, kind="openldap"))
    assert len(found) == len(everybody()) - 1
    assert {len(each.texts("entryUUID")[0]) for each in found} == {36}


@pytest.mark.parametrize(
    ("other", "standing", "told"),
    [
        ({}, Standing.OK, "shows 30 accounts"),
        ({"filter": "(cn=nobody)"}, Standing.WARNING, "shows nobody"),
        ({"base": f"ou=Nowhere,{BASE}"}, Standing.WARNING, "nothing at ldap.base"),
    ],
)
async def test_the_doctor_asks_it_too(
    settings: Settings, other: dict[str, Any], standing: Standing, told: str
) -> None:
    (found,) = await neighbours.ldap(AllSettings(ldap=settings(**other)))
    assert (found.check, found.standing) == ("ldap", standing)
    assert told in found.what


async def test_the_doctor_says_nothing_of_a_server_that_there_is_not() -> None:
    assert await neighbours.ldap(AllSettings()) == []


def test_ldif_as_it_is_written() -> None:
    text = (
        b"version: 1\r\n"[:0]
        + b"dn: cn=A\r\nsn: B\r\nsn:: xYHEhQ==\r\njpegPhoto;binary:: AAE=\r\nlong: one\r\n  two\r\n\r\n"
        b"# refldap://other.example/dc=x\n\nref: ldap://other.example\n\ndn:: Y249xYE=\nempty:\n\n"
    )
    first, second = objects(text)
    assert (first.dn, first.texts("SN"), first.values["jpegphoto"]) == ("cn=A", ("B", "Łą"), (b"\0\1",))
    assert first.texts("long") == ("one two",)
    assert (second.dn, second.texts("empty"), second.texts("none")) == ("cn=Ł", (), ())


@pytest.mark.parametrize("text", [b"sn: B\n", b"dn: cn=A\nnonsense\n", b"dn: cn=A\nsn:: %%%\n"])
def test_what_is_no_ldif_is_refused(text: bytes) -> None:
    with pytest.raises(BadLdif):
        list(objects(text))
