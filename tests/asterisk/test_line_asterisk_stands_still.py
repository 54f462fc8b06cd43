"""An Asterisk that stands still for a while, and then answers everything that was asked meanwhile."""

import os
import signal
from collections.abc import Callable

from telephony.ari.settings import AriSettings
from tests.asterisk.serving import Arrivals, becomes, serving
from tests.fakes.moments import a_packet
from tests.pbx.asterisk import Pbx

QUICK = 0.3
"""Seconds after which a connection is given up, so that there are several of them."""


async def test_connections_that_were_given_up_do_not_take_the_line_from_us(
    new_pbx: Callable[..., Pbx],
) -> None:
    """Asterisk answers them all when it goes on, and tells the connection of today that it was replaced."""
    pbx = new_pbx()
    quick = AriSettings(
        url=pbx.ari_url,
        user=pbx.ari_user,
        password=pbx.ari_password,
        app=pbx.app,
        command=QUICK,
        heartbeat=QUICK,
    )
    async with serving(pbx, Arrivals().story, quick) as line:
        os.kill(pbx.pid, signal.SIGSTOP)
        try:
            await becomes(lambda: not line.ready, "the line notices")
            for _ in range(100):  # 2 s: some connections are begun, and given up
                await a_packet()
        finally:
            os.kill(pbx.pid, signal.SIGCONT)
        await becomes(lambda: line.ready, "the line is ready again")
        for _ in range(100):  # 2 s, in which the ghosts come
            await a_packet()
        await becomes(lambda: line.ready, "the line is ready for good")
        assert pbx.ari(f"applications/{pbx.app}")["name"] == pbx.app
