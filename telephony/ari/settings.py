"""What our side must know of an Asterisk to be its telephone line."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class AriSettings:
    """One Asterisk, one Stasis application. Times are seconds."""

    url: str
    """Where Asterisk's HTTP server is, `http://127.0.0.1:8088`; a path before `/ari` is allowed."""
    user: str
    password: str = field(repr=False)
    app: str = "halo"
    """The name in the dialplan's `Stasis(halo)`. One process per name: a second one takes the line over."""
    trunk: str = "hall-trunk"
    """The PJSIP endpoint through which numbers that are not registered here are reached."""
    music: str = "default"
    """The class of musiconhold.conf that a caller on hold hears."""
    sounds_here: str = ""
    sounds_there: str = ""
    """If Asterisk sees our sound files elsewhere: the path's beginning here, and as Asterisk sees it."""
    pool: int = 32
    """Connections at most. Asterisk's http.conf `sessionlimit` (100 unless set) cuts off the ones beyond it."""
    command: float = 5.0
    """How long a command may take. They take milliseconds, and we send none that waits for a playback."""
    heartbeat: float = 3.0
    """How often we ping the event socket; a missing pong is noticed after one and a half times that."""
    looks: float = 1.0
    """How often we look which phones are there and which are in use."""
    ringing_here: float = 2.0
    """A phone registered here that shows no RINGING by then is dead (a SIP timer would take 32 s)."""
    ringing_trunk: float = 10.0
    """The same behind another PBX, where 183 counts as well."""
    ring_backstop: float = 120.0
    """Asterisk itself ends a ringing phone then. The story decides long before; this is for our death."""
    lost: float = 60.0
    """Calls count as lost when Asterisk has been away for so long."""
