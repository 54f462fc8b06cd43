"""What the kernel's accounts say, and what the kernel is asked to copy."""

import struct

from benchmarks.bpf import DROP, TAKE, Line, assemble, sip_of
from benchmarks.processes import read_cpu, read_resident
from benchmarks.restarting import sockets_to


def test_cpu_is_read_behind_a_name_with_brackets() -> None:
    fields = " ".join(str(number) for number in range(4, 45))
    assert read_cpu(f"123 (odd (name) here) S {fields}") == 14 + 15


def test_memory_is_read_in_mib() -> None:
    assert read_resident("Name:\thalo\nVmHWM:\t 9999 kB\nVmRSS:\t  2048 kB\n") == 2.0


def test_only_established_connections_to_the_port_count() -> None:
    row = "   0: 0100007F:{local} 0100007F:{remote} {state} 0:0 0:0 0 0 0 {inode} 1"
    table = "\n".join(
        [
            "header",
            row.format(local="D000", remote="1F98", state="01", inode="77"),
            row.format(local="1F98", remote="D000", state="01", inode="78"),
            row.format(local="D001", remote="1F98", state="06", inode="0"),
        ]
    )
    assert sockets_to(0x1F98, table) == {"77"}


def test_jumps_are_counted_from_the_next_instruction() -> None:
    program = assemble(
        [
            Line(0x15, 1, then=TAKE, otherwise=DROP),
            Line(0x20, 2),
            Line(0x06, 0xFFFF, label=TAKE),
            Line(0x06, 0, label=DROP),
        ]
    )
    assert len(program) == 4 * 8
    assert struct.unpack_from("HBBI", program) == (0x15, 1, 2, 1)


def test_audio_is_looked_at_only_where_it_is_wanted() -> None:
    assert len(sip_of(5060)) < len(sip_of(5060, audio_marks=(1, 2)))
    for program in (sip_of(5060), sip_of(5060, audio_marks=(1, 2))):
        codes = [struct.unpack_from("HBBI", program, at) for at in range(0, len(program), 8)]
        assert all(
            number + 1 + jump < len(codes)
            for number, (code, *jumps, _) in enumerate(codes)
            if code == 0x15
            for jump in jumps
        )
