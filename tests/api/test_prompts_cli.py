"""`halo prompts`, as the administrator uses it: on the demo's hall, with an engine that is quick because silent."""

import json
import shutil
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result

from api.cli import main
from callflows.prompts.everything import everything
from directory.load import DEMO, load_hall

COUNT = len(everything(load_hall(DEMO).hall))


@dataclass
class Machine:
    """A machine with its own state folder, and the command line on it."""

    state: Path
    settings: dict[str, str]

    @property
    def overrides(self) -> Path:
        return self.state / "voice" / "overrides"

    def halo(self, *arguments: str, **settings: str) -> Result:
        environment = {
            "HALO_STATE_DIR": str(self.state),
            "HALO_VOICE_ENGINE": "silent",
            "PATH": "",
            **self.settings,
            **settings,
        }
        return CliRunner(env=environment).invoke(main, ["prompts", *arguments])

    def listed(self, *arguments: str) -> dict[str, dict[str, object]]:
        answer = self.halo("list", "--json", *arguments)
        assert answer.exit_code == 0
        return {row["name"]: row for row in json.loads(answer.stdout)}

    def record(self, name: str) -> None:
        self.overrides.mkdir(parents=True, exist_ok=True)
        soundfile.write(self.overrides / f"{name}.wav", np.sin(np.arange(22050) / 20) * 0.3, 44100)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder in which every prompt was rendered."""
    state = tmp_path_factory.mktemp("rendered") / "state"
    answer = Machine(state, {}).halo("render")
    assert answer.exit_code == 0, answer.output
    assert f"{COUNT} prompts: {COUNT} synthesised" in answer.stdout
    return state


@pytest.fixture
def machine(rendered: Path, tmp_path: Path) -> Machine:
    shutil.copytree(rendered, tmp_path / "state")
    return Machine(tmp_path / "state", {})


def test_before_anything_is_rendered_everything_is_missing(tmp_path: Path) -> None:
    answer = Machine(tmp_path / "state", {}).halo("check")
    assert answer.exit_code == 1
    assert "Missing: `halo prompts render` makes them.\n  greeting\n" in answer.stdout
    assert f"{COUNT} prompts: {COUNT} missing" in answer.stdout


def test_check_names_every_synthetic_prompt(machine: Machine) -> None:
    answer = machine.halo("check")
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert "  greeting" in lines
    assert "  reason.busy" in lines
    named = machine.halo("check", "--json")
    assert len(json.loads(named.stdout)) == COUNT


def test_rendering_again_changes_nothing(machine: Machine) -> None:
    before = {path: path.stat().st_ino for path in machine.state.rglob("*.alaw")}
    assert machine.halo("render").exit_code == 0
    assert {path: path.stat().st_ino for path in machine.state.rglob("*.alaw")} == before


def test_a_missing_clip_is_named_and_made_again(machine: Machine) -> None:
    clip = Path(str(machine.listed()["greeting"]["clip"]))
    clip.with_suffix(".alaw").unlink()
    answer = machine.halo("check")
    assert answer.exit_code == 1
    assert "Missing: `halo prompts render` makes them.\n  greeting\nSynthetic" in answer.stdout
    assert machine.halo("render").exit_code == 0
    assert machine.halo("check").exit_code == 0


def test_a_recording_is_taken_over_and_its_age_is_noticed(machine: Machine) -> None:
    machine.record("greeting")
    assert machine.halo("check").exit_code == 1
    assert machine.halo("render").exit_code == 0
    listed = machine.listed()["greeting"]
    assert listed["source"] == "recorded"
    assert listed["seconds"] == pytest.approx(0.5 + 0.24, abs=0.06)
    assert "  greeting\n" not in machine.halo("check").stdout

    (machine.overrides / "greeting.txt").write_text("Witamy serdecznie.")
    answer = machine.halo("check")
    assert answer.exit_code == 0  # the engine's clip is still there, and is played
    assert "Recorded from an older text" in answer.stdout
    assert machine.listed()["greeting"]["source"] == "recorded from an older text"


def test_recordings_that_nobody_will_hear_are_named(machine: Machine) -> None:
    machine.record("greting")
    machine.overrides.joinpath("goodbye.wav").write_bytes(b"no sound")
    answer = machine.halo("check")
    assert "Recordings of no prompt" in answer.stdout
    assert "  greting.wav" in answer.stdout
    assert "no sound: deliver NAME.wav again; the engine speaks meanwhile.\n  goodbye\n" in answer.stdout


def test_a_cache_that_asterisk_cannot_enter_is_named(machine: Machine) -> None:
    machine.state.chmod(0o700)
    assert "Asterisk cannot read the clips" in machine.halo("check").stdout


def test_the_list_is_for_people_too(machine: Machine) -> None:
    answer = machine.halo("list")
    assert answer.exit_code == 0
    assert "greeting" in answer.stdout
    assert answer.stdout.rstrip().endswith("s of speech.")


def test_play_says_where_the_sound_is(machine: Machine, tmp_path: Path) -> None:
    answer = machine.halo("play", "goodbye")
    assert answer.exit_code == 0
    assert Path(answer.stdout.split(" (raw")[0]).is_file()
    assert "Do widzenia." in answer.stderr

    out = tmp_path / "goodbye.wav"
    assert machine.halo("play", "goodbye", "--to", str(out)).exit_code == 0
    with wave.open(str(out)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16000, 1, 2)
        assert sound.getnframes() > 16000


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (("play", "greting"), {}, "There is no prompt 'greting'; write 'greeting', if that is meant."),
        (
            ("list",),
            {"HALO_VOICE_ENGINE": "auto", "HALO_VOICE_VOICE": "Cezary"},
            "the voice Cezary is refused",
        ),
        (("play", "goodbye", "--to", "/nowhere/at/all.wav"), {}, "cannot be written: No such file"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    machine: Machine, arguments: tuple[str, ...], settings: dict[str, str], sentence: str
) -> None:
    answer = machine.halo(*arguments, **settings)
    assert answer.exit_code == 1
    assert sentence in answer.stderr.replace("\n", " ")
    assert "Traceback" not in answer.output


def test_a_disk_that_refuses_is_told_prompt_by_prompt(tmp_path: Path) -> None:
    (tmp_path / "state" / "voice").mkdir(parents=True)
    (tmp_path / "state" / "voice" / "cache").write_text("in the way")
    answer = Machine(tmp_path / "state", {}).halo("render")
    assert answer.exit_code == 1
    assert "prompt greeting could not be rendered: " in answer.stderr
    assert f"{COUNT} of {COUNT} prompts could not be rendered." in answer.stderr


def test_the_emergency_prompts_are_rendered_beside_their_words(tmp_path: Path) -> None:
    (tmp_path / "texts.tsv").write_text("please-wait\tProszę czekać.\n\nbye\tDo widzenia.\n", "utf-8")
    answer = Machine(tmp_path / "state", {}).halo("fallback", str(tmp_path))
    assert answer.exit_code == 0
    assert answer.stdout.split() == ["please-wait.alaw", "bye.alaw"]
    assert 8000 < (tmp_path / "please-wait.alaw").stat().st_size < 24000


@pytest.mark.parametrize("line", ["no tab here", "Up Case\ttext", "name\t ", "../up\ttext"])
def test_a_wrong_line_of_emergency_words_is_one_sentence(tmp_path: Path, line: str) -> None:
    (tmp_path / "texts.tsv").write_text(f"{line}\n", "utf-8")
    answer = Machine(tmp_path / "state", {}).halo("fallback", str(tmp_path))
    assert answer.exit_code == 1
    assert "texts.tsv, line 1: a name, a tab and the words are wanted." in answer.stderr


def test_a_folder_without_emergency_words_is_one_sentence(tmp_path: Path) -> None:
    answer = Machine(tmp_path / "state", {}).halo("fallback", str(tmp_path))
    assert answer.exit_code == 1
    assert "texts.tsv: No such file" in answer.stderr


def test_every_shipped_emergency_prompt_has_its_words_and_speaks_them_in_time() -> None:
    sounds = Path(__file__).parents[2] / "docker" / "asterisk" / "sounds"
    names = {line.split("\t")[0] for line in (sounds / "texts.tsv").read_text("utf-8").splitlines()}
    clips = {path.stem: path.stat().st_size / 8000 for path in sounds.glob("*.alaw")}
    assert set(clips) == names == {"please-wait", "nobody-here"}
    assert all(3 < seconds < 10 for seconds in clips.values())
