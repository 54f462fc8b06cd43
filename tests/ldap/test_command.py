"""`halo directory ldap` against a real slapd: shown first, saved once, guarded, and known again the next time."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.api.halo import Halo
from tests.ldap.slapd import AD, BASE, PASSWORD, READER, Slapd
from tests.ldap.tree import Somebody, active_directory, everybody

Asks = Callable[..., Result]


@pytest.fixture(scope="module")
def server() -> Iterator[Slapd]:
    with Slapd(active_directory(everybody()), AD) as running:
        yield running


@pytest.fixture
def own() -> Iterator[Slapd]:
    """A server that may be changed."""
    with Slapd(active_directory(everybody()), AD) as running:
        yield running


def asking(server: Slapd, folder: Path) -> Asks:
    """`halo directory` with this server, over TLS."""
    halo, secret = Halo(folder), folder / "password"
    secret.write_text(f"{PASSWORD}\n")
    settings = {
        "HALO_STATE_DIR": str(folder / "state"),
        "HALO_LDAP_URL": server.tls_url,
        "HALO_LDAP_CA_FILE": str(server.ca),
        "HALO_LDAP_BIND_DN": READER,
        "HALO_LDAP_PASSWORD_FILE": str(secret),
        "HALO_LDAP_BASE": f"ou=Urzad,{BASE}",
        "HALO_LDAP_ATTRIBUTES": "fax=facsimileTelephoneNumber",
    }

    def asks(*arguments: str, **other: str) -> Result:
        return halo("directory", *arguments, **{**settings, **other})

    return asks


@pytest.fixture
def ldap(server: Slapd, tmp_path: Path) -> Asks:
    return asking(server, tmp_path)


def dn(person: Somebody) -> str:
    return f"cn={person.surname} {person.given},ou=Urzad,{BASE}"


def disabled(people: list[Somebody]) -> str:
    """The change that disables their accounts."""
    records = (
        f"dn: {dn(person)}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 514\n"
        for person in people
    )
    return "\n".join(records)


def test_a_check_shows_everything_and_changes_nothing(ldap: Asks) -> None:
    told = ldap("ldap", "--check")
    assert told.exit_code == 0, told.output
    assert "New (" in told.output
    assert "person ignacy-cwiczebny: Ignacy Ćwiczebny; unit " in told.output
    assert "28 accounts read, 1 more are disabled" in told.output
    assert "Nothing was changed: this was a check" in told.output
    assert ldap("show", "Ignacy Ćwiczebny").exit_code == 1


def test_a_sync_is_one_save_that_the_next_one_knows(own: Slapd, tmp_path: Path) -> None:
    """Two who leave go; when half of them are missing it waits for a word."""
    ldap = asking(own, tmp_path)
    saved = ldap("ldap", "--sync")
    assert saved.exit_code == 0, saved.output
    assert "In force for new calls: version 2 of the directory." in saved.output
    assert "2022" in ldap("show", "Ignacy Ćwiczebny").output
    assert "the directory has all of this already" in ldap("ldap", "--sync").output

    own.changes(disabled(everybody()[20:22]))
    gone = ldap("ldap", "--sync")
    assert "Gone, removed (2)" in gone.output, gone.output
    assert "version 3" in gone.output

    own.changes(disabled(everybody()[:13]))
    refused = ldap("ldap", "--sync")
    assert refused.exit_code == 1
    assert "13 of 26 people would go" in refused.output
    assert "Piotr Zmyślony" in ldap("show", "Piotr Zmyślony").output
    assert ldap("ldap", "--sync", "--let-them-go").exit_code == 0
    assert ldap("show", "Piotr Zmyślony").exit_code == 1


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"HALO_LDAP_BIND_DN": f"cn=nobody,{BASE}"}, "it refused the account"),
        ({"HALO_LDAP_BASE": f"ou=Nowhere,{BASE}"}, "nothing at ldap.base"),
        ({"HALO_LDAP_ATTRIBUTES": "telephone"}, "ldap.attributes"),
        ({"HALO_LDAP_URL": "http://x"}, "ldap.url"),
    ],
)
def test_what_is_wrong_is_one_sentence(ldap: Asks, other: dict[str, str], told: str) -> None:
    refused = ldap("ldap", "--sync", **other)
    assert refused.exit_code in (1, 2)
    assert told in refused.output
    assert "Traceback" not in refused.output
    assert PASSWORD not in refused.output


def test_the_password_is_never_shown(ldap: Asks, tmp_path: Path) -> None:
    shown = Halo(tmp_path)("settings", HALO_LDAP_PASSWORD=PASSWORD)
    assert "ldap.password" in shown.output
    assert PASSWORD not in shown.output
