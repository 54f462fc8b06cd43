"""`halo prompts`: render what the line says, list where every prompt stands, listen to one, check them all."""

import json
import shutil
import subprocess
import wave
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from api.cli.asked import Cli, refuse
from api.cli.hall import hall_in_force
from api.cli.prompts_text import as_json, complaints, summary
from api.voice import voice_of
from callflows.prompts.everything import everything
from directory.names import nearest
from telephony.errors import NoVoice
from telephony.values import Words
from telephony.voice.cached import CachedVoice
from telephony.voice.emergency import render_emergency
from telephony.voice.engine import VoiceRefused
from telephony.voice.listing import Standing, survey
from telephony.voice.studio import recorded_as

for_programs = click.option("--json", "form", flag_value="json", help="For programs: a list of objects.")


@click.group()
def prompts() -> None:
    """What the line says: every sentence, its clip, its studio recording."""


@prompts.command()
@click.pass_obj
def render(cli: Cli) -> None:
    """Make every clip that is not there yet, so that no caller waits for one."""
    with _voice(cli) as voice, ThreadPoolExecutor(2) as pool:
        wanted = everything(hall_in_force(cli))
        rendered = pool.map(lambda words: _rendered(voice, words), wanted)
        failed = [complaint for complaint in _with_progress(rendered, len(wanted)) if complaint]
        voice.store.sweep()
        rows = survey(voice, wanted)
    for complaint in failed:
        click.echo(f"{complaint}.", err=True)
    click.echo(summary(rows))
    if failed:
        refuse(f"{len(failed)} of {len(wanted)} prompts could not be rendered.")


@prompts.command("list")
@for_programs
@click.pass_obj
def list_(cli: Cli, form: str | None) -> None:
    """List every prompt: its name, where it stands, how long it is, its words."""
    with _voice(cli) as voice:
        rows = survey(voice, everything(hall_in_force(cli)))
    if form == "json":
        click.echo(json.dumps(as_json(rows), ensure_ascii=False, indent=1))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("prompt", overflow="fold", max_width=32)
    table.add_column("source", no_wrap=True)
    table.add_column("seconds", justify="right", no_wrap=True)
    table.add_column("words", overflow="fold")
    for row in rows:
        seconds = f"{row.seconds:.1f}" if row.seconds is not None else ""
        table.add_row(row.name, row.standing.value, seconds, row.words.text)
    Console().print(table)
    click.echo(summary(rows))


@prompts.command()
@click.argument("name")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write a WAV file instead.")
@click.pass_obj
def play(cli: Cli, name: str, to: Path | None) -> None:
    """Play the prompt called NAME (in English en/NAME) as a caller hears it, or say where its file is."""
    with _voice(cli) as voice:
        words = _named(name, everything(hall_in_force(cli)))
        try:
            clip = voice.render(words)
        except NoVoice as wrong:
            refuse(f"{wrong}.")
        click.echo(f"{words.text}  ({clip.source.value}, {clip.seconds:.1f} s)", err=True)
        if to is not None:
            _write_wav(clip.path, to)
            click.echo(str(to))
            return
    player = shutil.which("aplay")
    heard = clip.path.with_suffix(".sln16")
    options = ["-q", "-t", "raw", "-f", "S16_LE", "-r", "16000", "-c", "1", str(heard)]
    if player is not None and subprocess.run([player, *options], check=False).returncode == 0:  # noqa: S603 - our file
        return
    click.echo(f"{heard} (raw, 16 bit, 16 kHz, mono; --to FILE.wav writes a WAV file)")


@prompts.command()
@for_programs
@click.pass_obj
def check(cli: Cli, form: str | None) -> None:
    """Name every prompt that is synthetic, missing, or recorded from an older text; 1 if any is missing."""
    with _voice(cli) as voice:
        wanted = everything(hall_in_force(cli))
        rows = survey(voice, wanted)
        strangers = voice.studio.strangers({recorded_as(words) for words in wanted})
    if form == "json":
        named = [row for row in rows if row.standing is not Standing.RECORDED]
        click.echo(json.dumps(as_json(named), ensure_ascii=False, indent=1))
    else:
        for line in complaints(rows, strangers, cli.settings.voice_cache):
            click.echo(line)
        click.echo(summary(rows))
    if any(row.standing is Standing.MISSING for row in rows):
        raise SystemExit(1)


@prompts.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def fallback(folder: Path) -> None:
    """Render the texts.tsv of FOLDER: what Asterisk plays by itself while the service is away."""
    try:
        for path in render_emergency(folder):
            click.echo(path.name)
    except (NoVoice, ValueError) as wrong:
        refuse(f"{wrong}.")
    except OSError as wrong:
        refuse(f"{wrong.filename or folder}: {wrong.strerror}.")


@contextmanager
def _voice(cli: Cli) -> Iterator[CachedVoice]:
    """The voice of the settings, closed at the end; what is wrong with it ends the command."""
    try:
        voice = voice_of(cli.settings)
    except (NoVoice, VoiceRefused) as wrong:
        refuse(f"{wrong}.")
    try:
        yield voice
    finally:
        voice.close()


def _rendered(voice: CachedVoice, words: Words) -> str:
    """Render one prompt; what went wrong, or nothing."""
    try:
        voice.render(words)
    except (NoVoice, OSError) as wrong:
        return str(wrong)
    return ""


def _with_progress(rendered: Iterator[str], count: int) -> Iterator[str]:
    """The same, with a bar on a terminal's standard error."""
    console = Console(stderr=True)
    hidden = not console.is_terminal
    yield from track(rendered, "Rendering prompts", count, console=console, transient=True, disable=hidden)


def _named(name: str, prompts_: Sequence[Words]) -> Words:
    known = {recorded_as(words): words for words in reversed(prompts_)}
    if name not in known:
        refuse(f"There is no prompt {name!r}; {nearest(name, known)}.")
    return known[name]


def _write_wav(clip: Path, to: Path) -> None:
    try:
        with to.open("wb") as file, wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(16000)
            out.writeframes(clip.with_suffix(".sln16").read_bytes())
    except OSError as wrong:
        refuse(f"{to} cannot be written: {wrong.strerror}.")
