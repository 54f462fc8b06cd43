"""Clips on disk: whole or not there, readable by Asterisk, traced back, and gone when nobody wants them."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from telephony.voice.sound import Audio
from telephony.voice.store import FLEETING, UNUSED, ClipStore, Origin, closed_to_others, key_of

AUDIO = Audio(alaw=b"\xd5" * 800, sln16=b"\x00\x00" * 1600)
ORIGIN = Origin(("greeting",), "Dzień dobry.", "pl", "synthesised", "chirps 1", 0.1)
KEY = key_of("some", "text")


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    return ClipStore(tmp_path / "deep" / "cache")


@pytest.fixture
def strict_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_clip_is_found_with_its_length(store: ClipStore) -> None:
    assert store.seconds(KEY) is None
    store.put(KEY, AUDIO, ORIGIN)
    assert store.seconds(KEY) == 0.1
    assert store.path(KEY).parent.name == KEY[:2]
    assert store.path(KEY).with_suffix(".alaw").read_bytes() == AUDIO.alaw
    assert store.path(KEY).with_suffix(".sln16").read_bytes() == AUDIO.sln16


@pytest.mark.usefixtures("strict_umask")
def test_asterisk_may_read_it_whatever_the_umask(store: ClipStore) -> None:
    store.put(KEY, AUDIO, ORIGIN)
    path = store.path(KEY)
    assert mode(path.with_suffix(".alaw")) == mode(path.with_suffix(".sln16")) == 0o644
    assert mode(path.parent) == mode(path.parent.parent) == mode(path.parent.parent.parent) == 0o755


def test_what_a_call_made_is_for_our_eyes_only_until_it_is_kept(store: ClipStore) -> None:
    store.put(KEY, AUDIO, ORIGIN)
    sidecar = store.path(KEY).with_suffix(".json")
    assert mode(sidecar) == 0o600
    store.keep(KEY, ORIGIN)
    assert mode(sidecar) == 0o644


def test_a_clip_is_traced_back_to_its_prompts(store: ClipStore) -> None:
    store.put(KEY, AUDIO, ORIGIN)
    store.keep(KEY, ORIGIN)
    store.keep(KEY, Origin(("resumed",), "Dzień dobry.", "pl", "synthesised", "chirps 1", 0.1))
    for path in (store.path(KEY), store.path(KEY).with_suffix(".alaw")):
        origin = store.origin(path)
        assert origin is not None
        assert origin.names == ("greeting", "resumed")
        assert origin.text == "Dzień dobry."
    assert store.origin(store.path(key_of("another"))) is None


def test_a_lost_or_spoilt_sidecar_is_written_again(store: ClipStore) -> None:
    store.put(KEY, AUDIO, ORIGIN)
    sidecar = store.path(KEY).with_suffix(".json")
    for spoilt in ("{", "[]", '{"names": ["a"]}'):
        sidecar.write_text(spoilt)
        assert store.origin(store.path(KEY)) is None
    store.keep(KEY, ORIGIN)
    assert store.origin(store.path(KEY)) == Origin(
        ("greeting",), "Dzień dobry.", "pl", "synthesised", "chirps 1", 0.1, True
    )


@pytest.mark.parametrize("broken", [".alaw", ".sln16"])
def test_a_clip_that_is_not_whole_is_not_there(store: ClipStore, broken: str) -> None:
    store.put(KEY, AUDIO, ORIGIN)
    file = store.path(KEY).with_suffix(broken)
    file.write_bytes(file.read_bytes()[:100])
    assert store.seconds(KEY) is None
    file.unlink()
    assert store.seconds(KEY) is None


def test_nothing_half_written_is_ever_seen(store: ClipStore) -> None:
    """Two writers over and over, and a reader that must see nothing or a whole clip."""
    begin, done = threading.Barrier(3), threading.Event()

    def write() -> None:
        begin.wait()
        for _ in range(60):
            store.put(KEY, AUDIO, ORIGIN)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()

    def end() -> None:
        for writer in writers:
            writer.join()
        done.set()

    threading.Thread(target=end).start()
    begin.wait()
    seen = set()
    alaw = store.path(KEY).with_suffix(".alaw")
    while not done.is_set():
        if alaw.exists():
            seen.add(len(alaw.read_bytes()))
    assert seen == {800}
    assert not list(alaw.parent.glob(".*"))


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="cache"):
        ClipStore(tmp_path / "cache").put(KEY, AUDIO, ORIGIN)
    assert list(tmp_path.iterdir()) == [tmp_path / "cache"]


def test_sweeping_takes_what_nobody_wants(store: ClipStore) -> None:
    kept, fleeting = key_of("kept"), key_of("fleeting")
    store.put(kept, AUDIO, ORIGIN)
    store.keep(kept, ORIGIN)
    store.put(fleeting, AUDIO, ORIGIN)
    half = store.path(kept).with_name(".something.part")
    half.write_bytes(b"")
    now = store.path(kept).with_suffix(".alaw").stat().st_mtime
    assert store.sweep(now + FLEETING - 60) == 0
    assert store.sweep(now + FLEETING + 60) == 1
    assert (store.seconds(kept), store.seconds(fleeting)) == (0.1, None)
    assert not half.exists()
    assert store.sweep(now + UNUSED + 60) == 1
    assert not [path for path in store.path(kept).parent.rglob("*") if path.is_file()]


def test_what_was_used_stays(store: ClipStore) -> None:
    store.put(KEY, AUDIO, ORIGIN)
    alaw = store.path(KEY).with_suffix(".alaw")
    os.utime(alaw, (0, 0))
    store.used(KEY)
    assert store.sweep(alaw.stat().st_mtime + 1) == 0
    store.used(key_of("not there"))


def test_a_folder_closed_to_asterisk_is_named(tmp_path: Path) -> None:
    cache = tmp_path / "state" / "cache"
    cache.mkdir(parents=True)
    for folder in (cache, *cache.parents):
        if folder.is_relative_to(tmp_path):
            folder.chmod(0o755)
    cache.parent.chmod(0o700)
    found = closed_to_others(cache)
    assert found is not None
    assert cache.is_relative_to(found)
    assert closed_to_others(Path("/")) is None
