"""Writing an Asterisk's configuration: what is refused, what is kept, and who may read it."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest

import configure
from pbx_config import BadInstance, HallTrunk, Instance, new_secret, write

SECRET = "abcdefghijklmnop"


def instance(directory: Path, **other: Any) -> Instance:
    """An instance with one phone, and whatever else."""
    return Instance(directory=directory, **{"phones": {"201": SECRET}, "operator": ("201",), **other})


def test_every_setting_of_every_template_is_filled_in(tmp_path: Path) -> None:
    write(instance(tmp_path, hall_trunk=HallTrunk(host="127.0.0.3")))
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
        ({"phones": {"201": "short"}}, "secret of phone 201"),
        ({"phones": {"201": SECRET + "\ncontext=x"}}, "secret of phone 201"),
        ({"phones": {"2 01": SECRET}, "operator": ()}, "cannot be a phone's extension"),
        ({"phones": {"city": SECRET}, "operator": ()}, "the name is taken"),
        ({"operator": ("999",)}, "999 is not among the phones"),
        ({"app": "halo,x"}, "cannot be a name for ARI"),
        ({"ari_user": "general"}, "cannot be a name for ARI"),
        ({"sip_port": 0}, "ports lie between"),
        ({"rtp_ports": (10000, 10001)}, "ports lie between"),
        ({"city_hosts": ("example.org",)}, "not an IPv4 address"),
        ({"city_hosts": ("127.0.0.0/30",), "hall_trunk": HallTrunk(host="127.0.0.3")}, "different addresses"),
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


def test_the_command_line_writes_an_instance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phones = tmp_path / "phones.txt"
    phones.write_text(f"# the clerks\n201 {SECRET}\n\n202 {SECRET}2  # window\n")
    done = configure.main(
        [
            str(tmp_path / "pbx"),
            "--phones",
            str(phones),
            "--operator",
            "202",
            "--hall-trunk",
            "127.0.0.3:5090",
        ]
    )
    assert done == 0
    assert "ARI http://127.0.0.1:8088" in capsys.readouterr().out
    pjsip = (tmp_path / "pbx" / "etc" / "pjsip.conf").read_text()
    assert "[202](phone)" in pjsip
    assert "contact = sip:127.0.0.3:5090" in pjsip


@pytest.mark.parametrize("line", ["201", "201 secret-of-201 more"])
def test_the_command_line_says_in_one_sentence_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    phones = tmp_path / "phones.txt"
    phones.write_text(line)
    assert configure.main([str(tmp_path / "pbx"), "--phones", str(phones)]) == 1
    assert capsys.readouterr().err == "configure.py: each line of the phones' file is: extension secret\n"
