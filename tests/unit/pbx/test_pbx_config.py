"""Writing an Asterisk's configuration: what is refused, what is kept, and who may read it."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest

import configure
from pbx_config import Account, BadInstance, Instance, NumberForm, Secrecy, Tls, Trunk, new_secret, write

PUBLIC = "+48447327700"
CITY = Trunk(host="127.0.0.2", port=5070)
SECRET = Trunk(host="127.0.0.2", port=5061, secrecy=Secrecy.TLS)
OUT = {"city_trunk": CITY, "public_number": PUBLIC}


def instance(directory: Path, **other: Any) -> Instance:
    """An instance with an operator's phone, and whatever else."""
    return Instance(directory=directory, **{"operator": ("201",), **other})


def written(directory: Path, name: str, **other: Any) -> str:
    """The text of one file of an instance."""
    write(instance(directory, **other))
    return (directory / "etc" / name).read_text()


def test_every_setting_of_every_template_is_filled_in(tmp_path: Path) -> None:
    account = Account("hall", "secret")
    write(instance(tmp_path, hall_trunk=Trunk(host="127.0.0.3"), city_account=account, **OUT))
    texts = [path.read_text() for path in (tmp_path / "etc").iterdir()]
    assert len(texts) > 10
    assert not [text for text in texts if "<<" in text]


def test_no_more_calls_are_let_in_than_have_audio_ports(tmp_path: Path) -> None:
    write(instance(tmp_path, rtp_ports=(20000, 20399)))
    assert "maxcalls = 100\n" in (tmp_path / "etc" / "asterisk.conf").read_text()


def test_only_the_owner_can_read_secrets(tmp_path: Path) -> None:
    write(instance(tmp_path))
    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_the_password_is_new_for_each_instance_and_kept_when_written_again(tmp_path: Path) -> None:
    first, again = (write(instance(tmp_path / "one")).ari_password for _ in range(2))
    other = write(instance(tmp_path / "two")).ari_password
    assert first == again != other
    assert len(first) >= 24
    assert json.loads((tmp_path / "one" / "instance.json").read_text())["ari_password"] == first


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"operator": ("2 01",)}, "cannot be an operator's extension"),
        ({"operator": ("201&PJSIP/city",)}, "cannot be an operator's extension"),
        ({"city_trunk": CITY}, "need the hall's public number"),
        ({**OUT, "public_number": "447327700"}, "write .48 and nine digits"),
        ({**OUT, "city_trunk": Trunk(host="sip.example.org")}, "not an IPv4 address"),
        ({**OUT, "hall_trunk": Trunk(host="127.0.0.2")}, "different addresses"),
        ({**OUT, "city_hosts": (), "hall_trunk": Trunk(host="127.0.0.2")}, "different addresses"),
        ({**OUT, "foreign_countries": ("48",)}, "no calling code of a foreign country"),
        ({**OUT, "foreign_countries": ("4X",)}, "no calling code of a foreign country"),
        ({"city_account": Account("hall", "secret")}, "needs the operator's trunk"),
        ({**OUT, "city_account": Account("hall;x", "secret")}, "operator's user"),
        ({**OUT, "city_account": Account("hall", "two words")}, "operator's secret"),
        ({**OUT, "city_trunk": SECRET}, "needs our certificate and its key"),
        ({**OUT, "tls": Tls(certificate=Path("gone"), key=Path("gone"))}, "there is no file"),
        ({**OUT, "city_trunk": Trunk(host="127.0.0.2", certified_as="a;b")}, "no name that a certificate"),
        ({"app": "halo,x"}, "cannot be a name for ARI"),
        ({"ari_user": "general"}, "cannot be a name for ARI"),
        ({"sip_port": 0}, "ports lie between"),
        ({"rtp_ports": (10000, 10001)}, "ports lie between"),
        ({"city_hosts": ("example.org",)}, "not an IPv4 address"),
        ({"city_hosts": ("127.0.0.0/30",), "hall_trunk": Trunk(host="127.0.0.3")}, "different addresses"),
        ({"music": Path("/somewhere/with spaces")}, "cannot read a path"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else re.sub(r"\W+", "-", value),
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInstance, match=said):
        write(instance(tmp_path / "new", **wrong))
    assert not (tmp_path / "new").exists()


def test_a_directory_too_deep_for_the_control_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInstance, match="too long for a Unix socket"):
        write(instance(tmp_path / ("x" * 100)))


def test_a_machine_with_several_addresses_chooses_its_own_for_audio(tmp_path: Path) -> None:
    write(instance(tmp_path, address="0.0.0.0"))
    assert "media_address" not in (tmp_path / "etc" / "pjsip.conf").read_text()


def test_secrets_are_never_the_same() -> None:
    assert len({new_secret() for _ in range(100)}) == 100


def test_the_phones_that_were_rendered_outlive_another_writing(tmp_path: Path) -> None:
    write(instance(tmp_path))
    phones = tmp_path / "etc" / "phones.conf"
    phones.write_text("; the directory's\n")
    write(instance(tmp_path))
    assert phones.read_text() == "; the directory's\n"


class TestTheWayOut:
    def test_without_a_trunk_no_call_leaves(self, tmp_path: Path) -> None:
        dialplan = written(tmp_path, "extensions.conf")
        assert "@city" not in dialplan
        assert dialplan.count("NoOp(no trunk to the outside was set)") == 2

    @pytest.mark.parametrize(
        ("form", "way_out", "shown", "abroad"),
        [
            (NumberForm.E164, "way-out,+48${EXTEN}", "CALLERID(all)=+48447327700", "way-out,+${FILTER(0-9"),
            (NumberForm.NATIONAL, "way-out,${EXTEN}", "CALLERID(all)=447327700", "way-out,00${FILTER(0-9"),
        ],
    )
    def test_numbers_are_written_as_the_operator_wants_them(
        self, tmp_path: Path, form: NumberForm, way_out: str, shown: str, abroad: str
    ) -> None:
        out = {**OUT, "number_form": form, "foreign_countries": ("49",)}
        dialplan = written(tmp_path, "extensions.conf", **out)
        for text in (way_out, shown, abroad, "exten => _+49XXXX.", "exten => _0049XXXX."):
            assert text in dialplan

    def test_without_a_country_named_none_may_be_called(self, tmp_path: Path) -> None:
        lines = written(tmp_path, "extensions.conf", **OUT).partition("[abroad]")[2].partition("[way-out]")[0]
        assert [line.partition("Goto")[2] for line in lines.split("\n") if line] == ["(refused,s,1)"] * 2

    def test_an_account_registers_and_its_secret_cannot_begin_a_comment(self, tmp_path: Path) -> None:
        pjsip = written(tmp_path, "pjsip.conf", city_account=Account("hall", "a;b\\"), **OUT)
        assert "type = registration" in pjsip
        assert "outbound_auth = city-account" in pjsip
        assert "password = a\\;b\\\n" in pjsip

    def test_without_an_account_nobody_is_asked_to_know_us(self, tmp_path: Path) -> None:
        pjsip = written(tmp_path, "pjsip.conf", **OUT)
        assert "registration" not in pjsip
        assert "outbound_auth" not in pjsip

    def test_the_account_is_never_shown(self) -> None:
        assert "hush" not in repr(Account("hall", "hush"))


class TestTheCommandLine:
    def test_it_writes_an_instance(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        account = tmp_path / "account"
        account.write_text("hall hush-hush\n")
        words = (
            "--operator 202 --hall-trunk 127.0.0.3:5090 --city-trunk 127.0.0.2 --public-number +48447327700"
        )
        done = configure.main([str(tmp_path / "pbx"), *words.split(), "--city-account", str(account)])
        said = capsys.readouterr()
        assert done == 0
        assert "ARI http://127.0.0.1:8088" in said.out
        assert "hush" not in said.out + said.err
        pjsip = (tmp_path / "pbx" / "etc" / "pjsip.conf").read_text()
        assert "contact = sip:127.0.0.3:5090" in pjsip
        assert "contact = sip:127.0.0.2:5060" in pjsip
        assert "PJSIP/202" in (tmp_path / "pbx" / "etc" / "extensions.conf").read_text()

    def test_it_warns_when_nobody_can_call_for_help(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert configure.main([str(tmp_path / "pbx")]) == 0
        assert "not even 112" in capsys.readouterr().out

    @pytest.mark.parametrize("line", ["hush", "hall hush hush"])
    def test_it_says_in_one_sentence_what_is_wrong_and_shows_no_secret(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
    ) -> None:
        account = tmp_path / "account"
        account.write_text(line)
        assert configure.main([str(tmp_path / "pbx"), "--city-account", str(account)]) == 1
        assert (
            capsys.readouterr().err
            == "configure.py: the file of the operator's account has one line: user secret\n"
        )

    def test_a_trunk_without_a_number_for_its_port_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert configure.main([str(tmp_path / "pbx"), "--hall-trunk", "127.0.0.3:sip"]) == 1
        assert "write HOST:PORT" in capsys.readouterr().err

    def test_a_secret_trunk_goes_where_its_certificate_says(self, tmp_path: Path) -> None:
        for name in ("ours.pem", "ours.key", "known.pem"):
            (tmp_path / name).touch()
        words = (
            f"--operator 1100 --city-trunk 127.0.0.2 --public-number {PUBLIC} --city-secrecy tls+srtp "
            f"--city-certified-as sip.operator.example --tls-certificate {tmp_path}/ours.pem "
            f"--tls-key {tmp_path}/ours.key --tls-authorities {tmp_path}/known.pem"
        )
        assert configure.main([str(tmp_path / "pbx"), *words.split()]) == 0
        pjsip = (tmp_path / "pbx" / "etc" / "pjsip.conf").read_text()
        assert "contact = sip:sip.operator.example:5061\\;transport=tls\n" in pjsip
        assert "bind = 127.0.0.1:5061" in pjsip
        assert "media_encryption = sdes" in pjsip
        assert "load = res_srtp.so" in (tmp_path / "pbx" / "etc" / "modules.conf").read_text()

    def test_a_certificate_without_its_key_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert configure.main([str(tmp_path / "pbx"), "--tls-certificate", "x"]) == 1
        assert "needs both" in capsys.readouterr().err
