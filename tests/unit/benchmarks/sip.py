"""SIP as it is on the wire between citizen, Asterisk and phone, for one call."""

from benchmarks.wiretap import Packet

CITIZEN, ASTERISK, PHONE = ("127.0.0.2", 5070), ("127.0.0.1", 5060), ("127.0.0.3", 5080)


def message(first: str, *, call: str, cseq: str, number: str = "601000001", audio: int = 0) -> bytes:
    """One message; with `audio` it offers or takes that port."""
    body = f"v=0\r\nm=audio {audio} RTP/AVP 8 101\r\n" if audio else ""
    headers = f"From: <sip:{number}@127.0.0.2>;tag=1\r\nCall-ID: {call}\r\nCSeq: {cseq}"
    return f"{first}\r\n{headers}\r\n\r\n{body}".encode()


def a_call(number: str = "601000001", start: float = 100.0) -> list[Packet]:
    """Everything of one good call: answered after 5 ms, put down after 3 s, all gone 20 ms later."""
    mine, theirs = f"{number}@citizen", f"{number}@phone"

    def said(
        at: float, source: tuple[str, int], target: tuple[str, int], first: str, cseq: str, audio: int = 0
    ) -> Packet:
        dialog = mine if CITIZEN in (source, target) else theirs
        return Packet(
            start + at, source, target, message(first, call=dialog, cseq=cseq, number=number, audio=audio)
        )

    return [
        said(0, CITIZEN, ASTERISK, "INVITE sip:447327700@127.0.0.1 SIP/2.0", "1 INVITE", 20000),
        said(0.001, ASTERISK, CITIZEN, "SIP/2.0 100 Trying", "1 INVITE"),
        said(0.005, ASTERISK, CITIZEN, "SIP/2.0 200 OK", "1 INVITE", 61000),
        said(0.006, CITIZEN, ASTERISK, "ACK sip:447327700@127.0.0.1 SIP/2.0", "1 ACK"),
        said(1.0, ASTERISK, PHONE, "INVITE sip:1011@127.0.0.3 SIP/2.0", "77 INVITE", 61004),
        said(1.001, PHONE, ASTERISK, "SIP/2.0 180 Ringing", "77 INVITE"),
        said(1.3, PHONE, ASTERISK, "SIP/2.0 200 OK", "77 INVITE", 20000),
        said(1.301, ASTERISK, PHONE, "ACK sip:1011@127.0.0.3 SIP/2.0", "77 ACK"),
        said(3.0, CITIZEN, ASTERISK, "BYE sip:447327700@127.0.0.1 SIP/2.0", "2 BYE"),
        said(3.001, ASTERISK, CITIZEN, "SIP/2.0 200 OK", "2 BYE"),
        said(3.010, ASTERISK, PHONE, "BYE sip:1011@127.0.0.3 SIP/2.0", "78 BYE"),
        said(3.020, PHONE, ASTERISK, "SIP/2.0 200 OK", "78 BYE"),
    ]
