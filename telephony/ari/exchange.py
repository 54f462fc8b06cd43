"""The exchange: what all calls of one line share, handed to each of them."""

from dataclasses import dataclass, field

from telephony.ari.commands import Commands
from telephony.ari.dispatch import Dispatch
from telephony.ari.ids import Names
from telephony.ari.link import Link
from telephony.ari.settings import AriSettings
from telephony.ari.speaker import Speaker
from telephony.ari.tasks import Errands


@dataclass(slots=True)
class Exchange:
    """Settings, commands, the table of events, the voice, the names; and how things stand with the line."""

    settings: AriSettings
    names: Names
    commands: Commands
    dispatch: Dispatch
    speaker: Speaker
    link: Link = field(default_factory=Link)
    errands: Errands = field(default_factory=Errands)
    leaving: bool = False
    """This process is going: whoever talks is left talking, and nobody is put down."""
