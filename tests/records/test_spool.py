"""The spool on disk: what was stated is there after a death at any point, once and in order, on a full disk too."""

import errno
import os
import resource
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.facts import Fact
from records.entry import Entry, entry_of, from_line, to_line
from records.spool import FolderSpool
from tests.records.made import any_facts, in_utc, transferred_call

TOLD = transferred_call("c")


def entries(told: Sequence[Fact], run: int = 7) -> list[Entry]:
    return [entry_of(run, number, fact) for number, fact in enumerate(told, start=1)]


def files(folder: Path) -> dict[str, int]:
    """Every file of the spool with its size."""
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir())}


def numbers(taken: Sequence[Entry]) -> list[int]:
    return [entry.number for entry in taken]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@given(any_facts())
def test_any_fact_comes_back_from_its_line(told: list[Fact]) -> None:
    for entry in entries(told):
        line = to_line(entry)
        assert line.count(b"\n") == 1
        back = from_line(line)
        assert back is not None
        assert (back.call, back.at, back.kind) == (entry.call, entry.at, entry.kind)
        assert (back.payload, back.personal) == (entry.payload, entry.personal)
        if back.fact is not None:  # a duration that is no number has none
            assert entry_of(7, entry.number, back.fact) == back


def test_what_was_appended_is_there_for_the_next_process_in_order(folder: Path) -> None:
    spool = FolderSpool(folder)
    spool.take()
    spool.append(entries(TOLD)[:5])
    spool.append(entries(TOLD)[5:])
    taken = FolderSpool(folder).take()  # nobody closed the first: it was killed
    assert [entry.fact for entry in taken] == [in_utc(fact) for fact in TOLD]


def test_what_is_committed_is_gone_at_once_and_nothing_stays_after_a_clean_end(folder: Path) -> None:
    spool = FolderSpool(folder)
    spool.take()
    spool.append(entries(TOLD))
    spool.drop(len(TOLD) - 1)
    assert FolderSpool(folder).take() != ()
    spool.drop(1)
    assert files(folder) == {"00000001.jsonl": 0}
    assert spool.close() == 0
    assert files(folder) == {}


def test_a_busy_spool_goes_from_file_to_file_and_keeps_no_old_one(folder: Path) -> None:
    spool = FolderSpool(folder, segment_bytes=1)
    spool.take()
    for entry in entries(TOLD):
        spool.append([entry])
    assert len(files(folder)) == len(TOLD)
    spool.drop(3)
    assert min(files(folder)) == "00000004.jsonl"
    old = FolderSpool(folder, segment_seconds=0.0)
    assert numbers(old.take()) == list(range(4, len(TOLD) + 1))
    old.append(entries(TOLD, run=8)[:1])
    old.drop(len(TOLD) - 3)
    assert files(folder).keys() == {f"{len(TOLD) + 1:08d}.jsonl"}
    old.append(entries(TOLD, run=8)[1:2])  # the first is not committed, and its file is old by now
    assert len(files(folder)) == 2


def test_nobody_else_may_read_it(folder: Path) -> None:
    spool = FolderSpool(folder)
    spool.take()
    spool.append(entries(TOLD))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]


@given(st.integers(0, 2000))
def test_a_torn_last_line_costs_no_other(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("torn") / "spool"
    spool = FolderSpool(folder)
    spool.take()
    spool.append(entries(TOLD))
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    kept = whole[: max(0, len(whole) - cut)]
    path.write_bytes(kept)
    ends = [index + 1 for index, byte in enumerate(whole) if byte == ord("\n")]
    expected = sum(1 for end in ends if end - 1 <= len(kept))
    assert numbers(FolderSpool(folder).take()) == list(range(1, expected + 1))
    assert not list(folder.glob("*.bad"))


def test_a_line_that_cannot_be_read_is_set_aside_and_said(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool = FolderSpool(folder)
    spool.take()
    spool.append(entries(TOLD))
    (path,) = folder.iterdir()
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2:4] = [b"\x00\x00\xff\n", b'{"run":1}\n', b"[]\n", lines[3]]
    path.write_bytes(b"".join(lines))
    later = FolderSpool(folder)
    assert numbers(later.take()) == [1, 2, *range(4, len(TOLD) + 1)]
    later.drop(len(TOLD) - 1)
    later.close()
    assert files(folder).keys() == {"00000001.bad"}
    assert (folder / "00000001.bad").read_bytes() == b'\x00\x00\xff\n{"run":1}\n[]\n'
    assert stat.S_IMODE((folder / "00000001.bad").stat().st_mode) == 0o600
    assert "3 lines of the spool cannot be read: they are set aside in" in caplog.text


def test_a_fact_of_another_version_is_no_bad_line(folder: Path) -> None:
    spool = FolderSpool(folder)
    spool.take()
    spool.append(entries(TOLD)[:1])
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b"call_arrived", b"call_beamed_down"))
    (entry,) = FolderSpool(folder).take()
    assert (entry.fact, entry.kind, entry.call) == (None, "call_beamed_down", "c")


@contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """Let every write fail, as a full disk does: the folder of the spool is a file that no folder can replace."""
    aside = folder.with_name("aside")
    folder.rename(aside)
    folder.write_bytes(b"")
    yield
    folder.unlink()
    aside.rename(folder)


def test_while_nothing_can_be_written_facts_are_in_memory_and_later_all_are_on_disk(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = entries(TOLD)
    spool = FolderSpool(folder, segment_bytes=1, retry_seconds=0.0)
    spool.take()
    spool.append(told[:2])
    with no_room(folder):
        for entry in told[2:6]:
            spool.append([entry])
        assert (spool.failing, spool.unspooled) == (True, 4)
        spool.drop(3)  # the database is there: what is committed needs no spool
        assert spool.unspooled == 3
    spool.append(told[6:])
    assert (spool.failing, spool.unspooled) == (False, 0)
    assert numbers(FolderSpool(folder).take())[-(len(TOLD) - 3) :] == list(range(4, len(TOLD) + 1))
    said = [record.getMessage() for record in caplog.records if "only in memory" in record.getMessage()]
    assert len(said) == 2  # once when it began, once when it was over
    assert "is written again" in said[1]


def test_that_there_is_room_again_is_found_out_with_nothing_to_write(folder: Path) -> None:
    """On a quiet line: what was only in memory has been committed meanwhile."""
    spool = FolderSpool(folder, segment_bytes=1, retry_seconds=0.0)
    spool.take()
    with no_room(folder):
        spool.append(entries(TOLD)[:2])
        spool.drop(2)
        spool.append(())
        assert (spool.failing, spool.unspooled) == (True, 0)
    spool.append(())
    assert not spool.failing
    assert [path.read_bytes() for path in folder.iterdir()] == [b""]


def test_a_write_that_only_half_fits_leaves_no_half_line(folder: Path) -> None:
    spool = FolderSpool(folder, retry_seconds=0.0)
    spool.take()
    spool.append(entries(TOLD)[:3])
    (path,) = folder.iterdir()
    before = path.read_bytes()
    _limit_file_size(len(before) + 40)
    try:
        spool.append(entries(TOLD)[3:])
        assert path.read_bytes() == before
        assert spool.unspooled == len(TOLD) - 3
    finally:
        _limit_file_size(None)
    spool.append([])
    assert numbers(FolderSpool(folder).take()) == list(range(1, len(TOLD) + 1))


def _limit_file_size(size: int | None) -> None:
    """Let this process write no file beyond so many bytes (a signal goes with it, which Python ignores)."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY if size is None else size, hard))


def test_the_reason_is_said_in_the_words_of_the_system(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool = FolderSpool(folder)
    spool.take()
    with no_room(folder):
        spool.append(entries(TOLD))
    assert os.strerror(errno.ENOTDIR) in caplog.text or os.strerror(errno.EEXIST) in caplog.text
