"""From the directory to the phones' configuration: who gets one, what is kept, and that a name stays a name."""

import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.phones.configuration import DIALPLAN, ENDPOINTS, SignedIn, dialplan, endpoints, sections, shown_name
from api.phones.rendering import Rendering, instance_in, render, server_of, write
from api.phones.secrets import PhoneSecrets
from api.phones.sheet import Server, sheet
from api.phones.whose import BadPhone, DeskPhone, phones_of
from directory.load import DEMO, load_hall
from directory.model import Extension, Hall, Person, PersonId, Reached
from pbx_config import Instance, Trunk
from pbx_config import write as write_instance

SERVER = Server("192.0.2.1", 5060)
EWA, JAN = PersonId("ewa-zmyslona"), PersonId("jan-wymyslony")


@pytest.fixture(scope="module")
def hall() -> Hall:
    return load_hall(DEMO).hall


@pytest.fixture
def rendered(tmp_path: Path) -> Callable[..., Rendering]:
    """Renders a hall, and writes it, as the command line does."""
    write_instance(Instance(directory=tmp_path / "pbx"))
    kept = PhoneSecrets(tmp_path / "state")

    def now(hall: Hall, **how: tuple[str, ...]) -> Rendering:
        rendering = render(phones_of(hall), instance_in(tmp_path / "pbx"), kept, SERVER, **how)
        write(rendering, kept)
        return rendering

    return now


def with_person(hall: Hall, who: PersonId, **changed: object) -> Hall:
    """The hall where one person is different."""
    person: Person = replace(hall.people[who], **changed)  # type: ignore[arg-type]
    return replace(hall, people={**hall.people, who: person})


class TestWhoHasAPhone:
    def test_everybody_and_every_unit_that_is_reached_here(self, hall: Hall) -> None:
        moved = with_person(hall, JAN, extension=Extension("7755", Reached.TRUNK))
        phones = phones_of(moved)
        here = {phone.extension: phone for phone in phones.here}
        assert here["1001"] == DeskPhone("1001", "Ewa Zmyślona", ("Ewa Zmyślona",), clerk=True)
        assert here["1100"].whose == (hall.units[hall.desk].name,)
        assert not here["1011"].clerk
        assert "1002" not in here
        assert "7755" in phones.behind_trunk

    def test_a_phone_that_several_share_is_one_phone(self, hall: Hall) -> None:
        phones = phones_of(with_person(hall, JAN, extension=Extension("1001")))
        (shared,) = [phone for phone in phones.here if phone.extension == "1001"]
        assert shared.whose == ("Ewa Zmyślona", "Jan Wymyślony")

    @pytest.mark.parametrize(
        ("extension", "said"),
        [
            (Extension("112"), "112 of Ewa Zmyślona is an emergency number"),
            (Extension("998"), "emergency number"),
            (Extension("0112"), "cannot be dialled"),
            (Extension("1"), "cannot be dialled"),
            (Extension("1234567"), "cannot be dialled"),
            (Extension("1002", Reached.TRUNK), "here for one and by the trunk for another"),
        ],
    )
    def test_an_extension_that_could_not_be_called_is_refused(
        self, hall: Hall, extension: Extension, said: str
    ) -> None:
        with pytest.raises(BadPhone, match=said):
            phones_of(with_person(hall, EWA, extension=extension))


class TestANameStaysAName:
    EVIL = (
        'Ewa "Szef" <112>',
        "Ewa; secret",
        "Ewa\n[evil](phone)\ncontext = from-city",
        "Ewa\r\nP-Asserted-Identity: x",
        "#include /etc/passwd",
        "Ewa ] [ x",
        "Ewa\\",
        "${SHELL(id)}",
        ";-- Ewa --;",
        "Ewa\u2028#exec x",
    )

    @pytest.mark.parametrize("name", EVIL)
    def test_in_the_configuration(self, name: str) -> None:
        text = endpoints([SignedIn("1001", name, "s" * 24)])
        lines = text.splitlines()
        assert len(lines) == 9
        (callerid,) = [line for line in lines if line.startswith("callerid")]
        assert re.fullmatch(r'callerid = "[\w .,\'’-]*" <1001>', callerid)
        assert sections(text).keys() == {"1001"}

    @given(st.text())
    def test_whatever_it_is(self, name: str) -> None:
        shown = shown_name(name)
        assert not re.search(r'[\x00-\x1f"\\;\[\]<>{}$#=|&()]', shown)
        assert len(shown) <= 64
        assert len(shown.splitlines()) <= 1

    @pytest.mark.parametrize("name", ["Łucja Żółć-Ńowak", "Urząd Stanu Cywilnego", "O'Brien, Jr."])
    def test_and_an_ordinary_one_is_left_alone(self, name: str) -> None:
        assert shown_name(name) == name

    def test_on_the_sheet(self) -> None:
        evil = "<script>alert(1)</script> & Co"
        phone = DeskPhone("1001", evil, (evil,), clerk=True)
        page = sheet(phone, SignedIn("1001", evil, "secret"), SERVER, outside=True)
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


class TestRendering:
    def test_secrets_are_kept_and_files_are_the_owners_alone(
        self, hall: Hall, rendered: Callable[..., Rendering], tmp_path: Path
    ) -> None:
        first = rendered(hall)
        assert set(first.new) == set(first.secrets) != set()
        again = rendered(hall)
        assert again.secrets == first.secrets
        assert again.files == first.files
        assert (again.new, again.changed, again.gone) == ((), (), ())
        private = [*first.files, tmp_path / "state" / "phone-secrets"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
        assert len(set(first.secrets.values())) == len(first.secrets)

    def test_what_changed_is_told(
        self, hall: Hall, rendered: Callable[..., Rendering], tmp_path: Path
    ) -> None:
        first = rendered(hall)
        changed = with_person(hall, EWA, name="Ewa Nowa")
        changed = with_person(changed, JAN, extension=Extension("1003"))
        second = rendered(changed)
        assert (second.new, second.changed, second.gone) == (("1003",), ("1001",), ("1002",))
        assert second.secrets["1001"] == first.secrets["1001"]
        assert "1002" not in (tmp_path / "state" / "phone-secrets").read_text()
        sheets = {path.name for path in (tmp_path / "pbx" / "sheets").iterdir()}
        assert "1003.html" in sheets
        assert "1002.html" not in sheets

    def test_one_secret_is_made_anew(self, hall: Hall, rendered: Callable[..., Rendering]) -> None:
        first = rendered(hall)
        second = rendered(hall, anew=("1001",))
        assert second.changed == ("1001",)
        assert {name for name in first.secrets if first.secrets[name] != second.secrets[name]} == {"1001"}

    def test_a_secret_for_a_phone_that_is_not_there_is_refused(
        self, hall: Hall, rendered: Callable[..., Rendering]
    ) -> None:
        with pytest.raises(BadPhone, match="4711 is no phone"):
            rendered(hall, anew=("4711",))

    def test_a_damaged_file_of_secrets_is_refused_and_not_shown(self, tmp_path: Path) -> None:
        (tmp_path / "phone-secrets").write_text("1001 abcdefghijklmnop\nhush-hush\n")
        with pytest.raises(BadPhone, match="Line 2 of") as refused:
            PhoneSecrets(tmp_path).read()
        assert "hush" not in str(refused.value)

    def test_the_dialplan_has_a_lamp_for_each_phone_here_and_a_way_to_those_behind_the_trunk(self) -> None:
        lines = dialplan(["1001"], ["7755"]).splitlines()
        assert lines[1:] == [
            "[phones-here](+)",
            "exten => 1001,hint,PJSIP/1001",
            "exten => 1001,1,Dial(PJSIP/1001,60,i)",
            "[phones-behind-trunk](+)",
            "exten => 7755,1,Dial(PJSIP/7755@hall-trunk,60,i)",
        ]

    def test_secrets_never_show_in_a_repr(self, hall: Hall, rendered: Callable[..., Rendering]) -> None:
        rendering = rendered(hall)
        assert not any(secret in repr(rendering) for secret in rendering.secrets.values())

    def test_both_files_are_those_that_asterisk_includes(self, tmp_path: Path) -> None:
        write_instance(Instance(directory=tmp_path))
        assert f"#tryinclude {ENDPOINTS}\n" in (tmp_path / "etc" / "pjsip.conf").read_text()
        assert f"#tryinclude {DIALPLAN}\n" in (tmp_path / "etc" / "extensions.conf").read_text()


class TestTheSheet:
    def test_it_says_all_that_has_to_be_typed_in(self) -> None:
        phone = DeskPhone("1001", "Ewa Zmyślona", ("Ewa Zmyślona",), clerk=True)
        page = sheet(phone, SignedIn("1001", "Ewa Zmyślona", "the-secret"), SERVER, outside=True)
        for text in (
            "192.0.2.1",
            "5060",
            "1001",
            "the-secret",
            "UDP",
            "Ewa Zmyślona",
            "*11",
            "*2",
            "*0",
            "112",
        ):
            assert text in page

    def test_who_is_no_clerk_is_not_told_to_log_on(self) -> None:
        phone = DeskPhone("1011", "Anna Przykładowa", ("Anna Przykładowa",), clerk=False)
        page = sheet(phone, SignedIn("1011", "Anna Przykładowa", "the-secret"), SERVER, outside=True)
        assert "*11" not in page
        assert "*2" in page

    @pytest.mark.parametrize("personal", [True, False])
    def test_an_absence_is_reported_from_the_phone_of_one_person(self, *, personal: bool) -> None:
        phone = DeskPhone("1011", "Anna Przykładowa", ("Anna Przykładowa",), clerk=False, personal=personal)
        page = sheet(phone, SignedIn("1011", "Anna Przykładowa", "the-secret"), SERVER, outside=True)
        assert ("*14" in page) is personal

    def test_help_is_promised_only_where_there_is_a_way_out(self, hall: Hall, tmp_path: Path) -> None:
        def page_of(instance: Instance) -> str:
            write_instance(instance)
            rendered_files = render(
                phones_of(hall), instance_in(instance.directory), PhoneSecrets(tmp_path), SERVER
            ).files
            return rendered_files[instance.directory / "sheets" / "1001.html"]

        alone = page_of(Instance(directory=tmp_path / "alone"))
        assert "nie można zadzwonić na zewnątrz, także pod 112" in alone
        assert "Numery alarmowe: zawsze" not in alone
        trunk = Trunk(host="192.0.2.10")
        assert "Numery alarmowe: zawsze" in page_of(
            Instance(directory=tmp_path / "two", city_trunk=trunk, public_number="+48447327700")
        )


class TestWhereThePhonesRegister:
    def test_where_the_instance_speaks_sip_unless_named(self, tmp_path: Path) -> None:
        write_instance(Instance(directory=tmp_path, sip_port=5062))
        instance = instance_in(tmp_path)
        assert server_of(instance, None) == Server("127.0.0.1", 5062)
        assert server_of(instance, "pbx.example.org") == Server("pbx.example.org", 5062)
        assert server_of(instance, "192.0.2.9:5070") == Server("192.0.2.9", 5070)

    @pytest.mark.parametrize("named", [":5060", "host:sip", "host:0", "host:70000"])
    def test_nonsense_is_refused(self, tmp_path: Path, named: str) -> None:
        write_instance(Instance(directory=tmp_path))
        with pytest.raises(BadPhone, match="write HOST or HOST:PORT"):
            server_of(instance_in(tmp_path), named)

    def test_an_instance_on_every_address_needs_one_named(self, tmp_path: Path) -> None:
        write_instance(Instance(directory=tmp_path, address="0.0.0.0"))
        with pytest.raises(BadPhone, match="--server HOST"):
            server_of(instance_in(tmp_path), None)

    def test_a_directory_without_an_instance_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadPhone, match=r"configure\.py"):
            instance_in(tmp_path)

    def test_a_damaged_instance_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "instance.json").write_text('{"sip_port": "x"}')
        with pytest.raises(BadPhone, match="write it anew"):
            instance_in(tmp_path)
