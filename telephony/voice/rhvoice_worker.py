"""A process of its own that speaks with RHVoice, so that its crash or licence is not ours.

Run by path, never imported by the service; needs nothing but Python and `libRHVoice.so.5`. It reads one JSON
line per sentence ({"text", "voice", "rate"}) and answers with one JSON line ({"rate", "bytes"} or {"error"})
and, after it, that many bytes of 16-bit samples. Its first line is {"version", "voices": {name: revision}}.
It ends when its input ends, that is, when the service does.

The structures follow RHVoice.h of 1.14 (LGPL).
"""

import ctypes
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

_ON_RATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
_ON_SPEECH = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_uint, ctypes.c_void_p)

_VOICES = Path("/usr/share/RHVoice/voices")


class _Callbacks(ctypes.Structure):
    _fields_ = (
        ("set_sample_rate", _ON_RATE),
        ("play_speech", _ON_SPEECH),
        ("process_mark", ctypes.c_void_p),
        ("word_starts", ctypes.c_void_p),
        ("word_ends", ctypes.c_void_p),
        ("sentence_starts", ctypes.c_void_p),
        ("sentence_ends", ctypes.c_void_p),
        ("play_audio", ctypes.c_void_p),
        ("done", ctypes.c_void_p),
    )


class _InitParams(ctypes.Structure):
    _fields_ = (
        ("data_path", ctypes.c_char_p),
        ("config_path", ctypes.c_char_p),
        ("resource_paths", ctypes.c_void_p),
        ("callbacks", _Callbacks),
        ("options", ctypes.c_uint),
    )


class _SynthParams(ctypes.Structure):
    _fields_ = (
        ("voice_profile", ctypes.c_char_p),
        ("absolute_rate", ctypes.c_double),
        ("absolute_pitch", ctypes.c_double),
        ("absolute_volume", ctypes.c_double),
        ("relative_rate", ctypes.c_double),
        ("relative_pitch", ctypes.c_double),
        ("relative_volume", ctypes.c_double),
        ("punctuation_mode", ctypes.c_int),
        ("punctuation_list", ctypes.c_char_p),
        ("capitals_mode", ctypes.c_int),
        ("flags", ctypes.c_int),
    )


class Speaker:
    """One RHVoice engine with our own configuration folder (its pronunciation dictionary)."""

    def __init__(self, library: Any, config: Path) -> None:
        self._library = library
        self._chunks: list[bytes] = []
        self._rate = 0
        self._callbacks = _Callbacks()
        self._callbacks.set_sample_rate = _ON_RATE(self._take_rate)
        self._callbacks.play_speech = _ON_SPEECH(self._take_speech)
        init = _InitParams(None, os.fsencode(config), None, self._callbacks, 0)
        self._engine = library.RHVoice_new_tts_engine(ctypes.byref(init))
        if not self._engine:
            raise OSError("RHVoice did not start: no language or voice data")

    def speak(self, text: str, voice: str, rate: float) -> tuple[int, bytes]:
        """The sentence's sample rate and its samples. Raises RuntimeError if RHVoice refuses."""
        self._chunks.clear()
        spoken = text.encode()
        params = _SynthParams(voice.encode(), 0, 0, 0, rate, 1, 1, 0, None, 0, 0)
        message = self._library.RHVoice_new_message(
            self._engine, spoken, len(spoken), 0, ctypes.byref(params), None
        )
        if not message:
            raise RuntimeError("RHVoice did not accept the text or the voice")
        done = self._library.RHVoice_speak(message)
        self._library.RHVoice_delete_message(message)
        if not done or not self._rate:
            raise RuntimeError("RHVoice did not speak")
        return self._rate, b"".join(self._chunks)

    def _take_rate(self, rate: int, _: object) -> int:
        self._rate = rate
        return 1

    def _take_speech(self, samples: Any, count: int, _: object) -> int:
        self._chunks.append(ctypes.string_at(samples, count * 2))
        return 1


def load() -> Any:
    """The shared library with its functions' types. Raises OSError if it is not installed."""
    library = ctypes.CDLL("libRHVoice.so.5")
    library.RHVoice_get_version.restype = ctypes.c_char_p
    library.RHVoice_new_tts_engine.restype = ctypes.c_void_p
    library.RHVoice_new_message.restype = ctypes.c_void_p
    library.RHVoice_new_message.argtypes = (
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.POINTER(_SynthParams),
        ctypes.c_void_p,
    )
    library.RHVoice_speak.argtypes = (ctypes.c_void_p,)
    library.RHVoice_delete_message.argtypes = (ctypes.c_void_p,)
    return library


def voices() -> dict[str, str]:
    """The installed voices of any language, and their revisions."""
    found = {}
    for info in sorted(_VOICES.glob("*/voice.info")):
        lines = dict(line.split("=", 1) for line in info.read_text().splitlines() if "=" in line)
        found[lines["name"]] = lines.get("revision", "0")
    return found


def serve(requests: BinaryIO, answer: Callable[[dict[str, Any], bytes], None], speaker: Speaker) -> None:
    """Speak sentence after sentence until the requests end."""
    for line in requests:
        request = json.loads(line)
        try:
            rate, samples = speaker.speak(request["text"], request["voice"], request["rate"])
        except RuntimeError as error:
            answer({"error": str(error)}, b"")
        else:
            answer({"rate": rate, "bytes": len(samples)}, samples)


def main(config: str) -> None:
    """Say hello, then serve. The library's own output goes to stderr, never between our bytes."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def answer(header: dict[str, Any], samples: bytes) -> None:
        out.write(json.dumps(header).encode() + b"\n" + samples)
        out.flush()

    try:
        library = load()
        speaker = Speaker(library, Path(config))
    except OSError as error:
        answer({"error": str(error)}, b"")
        return
    answer({"version": library.RHVoice_get_version().decode(), "voices": voices()}, b"")
    serve(sys.stdin.buffer, answer, speaker)


if __name__ == "__main__":
    main(sys.argv[1])
