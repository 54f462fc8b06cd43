"""From the last packet of the accept key until both hear each other.

Each party sends audio of one byte of its own (`benchmarks.audio`): a party hears the other when Asterisk first sends it
a packet that begins with the other's byte. Up to 20 ms of it are the wait for the other's next packet.
"""

from collections.abc import Iterable

from benchmarks.audio import CITIZENS_MARK, PHONES_MARK, key_in
from benchmarks.bpf import sip_of
from benchmarks.dialogs import Traced, trace
from benchmarks.load import Manner
from benchmarks.stage import Stage, Way
from benchmarks.step import Step, run_watched
from benchmarks.wiretap import Packet

WITH_KEY = Manner(stays=4.6, menu_key=(0.3, "2"), accepts=0.9)
"""A second of sentences, 0.3 s of ringing, a whisper of 0.9 s with the key at its end, 2 s of talk and more."""


def run_accepting(stage: Stage, way: Way, rate: float, calls: int) -> tuple[Step, list[float]]:
    """Calls in which the colleague accepts by key 1: the step, and the seconds of each call."""
    program = sip_of(stage.pbx.sip_port, audio_marks=(CITIZENS_MARK, PHONES_MARK))
    step, packets = run_watched(stage, way, rate, calls, WITH_KEY, program)
    heard = hearing(trace(packets).calls, packets)
    missing = len([call for call in heard.values() if call is None])
    if missing:
        step.troubles.append(f"in {missing} calls the two did not hear each other")
        step.failed = max(step.failed, missing)
    return step, [seconds for seconds in heard.values() if seconds is not None]


def hearing(calls: Iterable[Traced], packets: Iterable[Packet]) -> dict[str, float | None]:
    """Seconds from the accept key's last packet to the moment when both hear each other; by the citizen's number."""
    found: dict[str, float | None] = {}
    audio: dict[int, list[Packet]] = {}
    for packet in packets:
        audio.setdefault(packet.source[1], []).append(packet)
        audio.setdefault(packet.target[1], []).append(packet)
    for call in calls:
        found[call.number] = _of_call(call, audio)
    return found


def _of_call(call: Traced, audio: dict[int, list[Packet]]) -> float | None:
    end = call.phone_told or call.put_down
    if call.taken is None or end is None:
        return None
    keys = [
        packet.at
        for packet in audio.get(call.phone_hears_from, ())
        if packet.target[1] == call.phone_hears_from and call.taken <= packet.at <= end and _is_end(packet)
    ]
    if not keys:
        return None
    pressed = keys[-1]
    phone = _first(audio, call.phone_hears_from, CITIZENS_MARK, call.taken, end)
    citizen = _first(audio, call.hears_from, PHONES_MARK, call.taken, end)
    return max(phone, citizen) - pressed if phone is not None and citizen is not None else None


def _is_end(packet: Packet) -> bool:
    key = key_in(packet.payload)
    return key is not None and key[2]


def _first(audio: dict[int, list[Packet]], port: int, mark: int, since: float, until: float) -> float | None:
    """When Asterisk first sent audio with this mark from this port."""
    for packet in audio.get(port, ()):
        sent = packet.source[1] == port and since <= packet.at <= until
        if sent and packet.payload[12:13] == bytes([mark]) and key_in(packet.payload) is None:
            return packet.at
    return None
