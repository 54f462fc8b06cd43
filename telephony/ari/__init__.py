"""Asterisk by ARI: the only code that knows what a channel is. Built on aioari; see docs/adr/0002.

For the composition root: `AriLine(settings, voice)`, `AriSettings`, `LineStatistics`; `info(settings)` for
the doctor.

    line        serve, drain, reconcile              call, leg, bridges   the ports, over ARI
    connection  connect, pause, again                wire, playback       one channel, one playback
    client      aioari and its seams                 speaker, keys        what is said and what is typed
    http, socket, commands, events, snapshots        classify, caller, reconcile, ids   pure
"""

from telephony.ari.client import info
from telephony.ari.line import AriLine
from telephony.ari.settings import AriSettings
from telephony.ari.snapshots import PbxInfo
from telephony.ari.statistics import LineStatistics

__all__ = ["AriLine", "AriSettings", "LineStatistics", "PbxInfo", "info"]
