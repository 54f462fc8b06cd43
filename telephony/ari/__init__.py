"""Asterisk by ARI: the only code that knows what a channel is. Built on aioari; see docs/adr/0002.

For the composition root: `AriLine(settings, voice)`, `AriSettings`, `LineStatistics`; `info(settings)` for
the doctor.

    line        serve, drain, reconcile              call, legs, bridges  the ports, over ARI
    connection  connect, pause, again                leg, ringing         one phone that we ring
    client      aioari and its seams                 transfers            a phone's own transfer key
    http, pool, socket, commands, operations, events, snapshots  wire, playback  one channel, one playback
    roster, reconcile, ids         who is there      while_up             where HungUp is raised
    speaker, keys                  said and typed    caller, classify     pure
"""

from telephony.ari.client import info
from telephony.ari.line import AriLine
from telephony.ari.settings import AriSettings
from telephony.ari.snapshots import PbxInfo
from telephony.ari.statistics import LineStatistics

__all__ = ["AriLine", "AriSettings", "LineStatistics", "PbxInfo", "info"]
