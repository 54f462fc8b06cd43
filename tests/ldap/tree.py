"""Thirty invented people of a hall that does not exist, as Active Directory writes them and as OpenLDAP does."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from tests.ldap.slapd import BASE, PASSWORD, READER

DEL, USC, BOM, DRK = (
    "Referat Ewidencji Ludności",
    "Urząd Stanu Cywilnego",
    "Biuro Obsługi Mieszkańców",
    "Referat Komunikacji",
)
_NAMES = """
Anna Przykładowa|Piotr Zmyślony|Ewa Wymyślona|Zofia Umowna|Adam Pozorny|Maria Nieprawdziwa
Jan Fikcyjny|Hanna Niebyła|Karol Udawany|Irena Bajkowa|Tomasz Papierowy|Wanda Zastępcza
Olga Przypuszczalna|Marek Rzekomy|Alicja Legendarna|Paweł Domniemany|Grażyna Baśniowa
Henryk Teoretyczny|Lidia Hipotetyczna|Stefan Domyślny|Barbara Przenośna|Łucja Żartobliwa
Ignacy Ćwiczebny|Żaneta Śmieszna|Ścibor Źródlany|Bogna Ówczesna|Dorota Wzorcowa
Feliks Modelowy|Nina Próbna|Roman Szkicowy
"""
_UNITS = (DEL, DEL, USC, BOM, BOM, DEL, USC, DRK)


@dataclass(frozen=True)
class Somebody:
    """One account."""

    number: int
    given: str
    surname: str
    unit: str
    title: str = "inspektor"
    disabled: bool = False
    mobile: str = ""
    account: str = ""
    """Behind the name of the object, where somebody has a second one."""

    @property
    def guid(self) -> UUID:
        """Theirs for ever."""
        return UUID(int=0x1000 + self.number)

    @property
    def uid(self) -> str:
        """Their name as an account."""
        return f"u{self.number:03}"


def everybody() -> list[Somebody]:
    """All thirty; the last one has left, and the one before has no unit."""
    names = [name.split() for line in _NAMES.split("\n") for name in line.split("|") if name]
    people = [
        Somebody(number, given, surname, _UNITS[number % len(_UNITS)])
        for number, (given, surname) in enumerate(names)
    ]
    people[0] = replace(people[0], title="kierownik", mobile="+48 601 234 567")
    people[-2] = replace(people[-2], unit="")
    people[-1] = replace(people[-1], unit=DEL, disabled=True)
    return people


def active_directory(people: Iterable[Somebody]) -> str:
    """As Active Directory writes them: shown names the other way round, a GUID in bytes, a switchboard's number."""
    records = [_top(), _organisation("ou", "Urzad")]
    for each in people:
        flags = 514 if each.disabled else 512
        records.append(
            _record(
                f"cn={each.surname} {each.given}{each.account},ou=Urzad,{BASE}",
                ("objectClass", "user"),
                ("objectCategory", "person"),
                ("objectGUID", each.guid.bytes_le),
                ("userAccountControl", str(flags)),
                ("displayName", f"{each.surname} {each.given}"),
                *_usual(each),
                ("telephoneNumber", f"44 732 77 {each.number:02}"),
                ("ipPhone", f"{2000 + each.number}"),
                ("department", each.unit),
                ("physicalDeliveryOfficeName", f"pok. {100 + each.number}"),
            )
        )
    return "\n".join(records)


def openldap(people: Iterable[Somebody]) -> str:
    """As OpenLDAP has them: inetOrgPerson, an entryUUID, and whoever has left is not there."""
    records = [_top(), _organisation("ou", "Urzad")]
    for each in people:
        if not each.disabled:
            records.append(
                _record(
                    f"uid={each.uid},ou=Urzad,{BASE}",
                    ("objectClass", "inetOrgPerson"),
                    ("uid", each.uid),
                    ("entryUUID", str(each.guid)),
                    ("cn", f"{each.given} {each.surname}"),
                    *_usual(each),
                    ("telephoneNumber", f"+48 44 732 77 {each.number:02} wew. {2000 + each.number}"),
                    ("departmentNumber", each.unit),
                    ("roomNumber", f"{100 + each.number}"),
                )
            )
    return "\n".join(records)


def _usual(each: Somebody) -> tuple[tuple[str, str], ...]:
    return (
        ("givenName", each.given),
        ("sn", each.surname),
        ("title", each.title),
        ("mail", f"{each.uid}@przykladowo.example"),
        ("mobile", each.mobile),
    )


def _top() -> str:
    top = _record(BASE, ("objectClass", "domain"), ("dc", "przykladowo"))
    reader = _record(
        READER,
        ("objectClass", "organizationalRole"),
        ("objectClass", "simpleSecurityObject"),
        ("cn", "halo"),
        ("userPassword", PASSWORD),
    )
    return f"{top}\n{reader}"


def _organisation(attribute: str, name: str) -> str:
    return _record(f"{attribute}={name},{BASE}", ("objectClass", "organizationalUnit"), (attribute, name))


def _record(dn: str, *values: tuple[str, str | bytes]) -> str:
    lines = [_line("dn", dn), *(_line(name, value) for name, value in values if value)]
    return "\n".join(lines) + "\n"


def _line(name: str, value: str | bytes) -> str:
    plain = value if isinstance(value, bytes) else value.encode()
    return f"{name}:: {b64encode(plain).decode()}"
