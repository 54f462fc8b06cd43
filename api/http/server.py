"""Listening: the application on its address, and a sentence where that cannot be."""

import errno
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from api.http.hardening import AccessLog
from api.service import StartError
from api.settings.model import Api

SHUTDOWN_SECONDS = 5.0
"""How long requests under way may take when the service stops."""

PROTOCOL: Mapping[str, Any] = {"access_log_class": AccessLog, "auto_decompress": False}
"""How aiohttp speaks: our own access log; and nobody's body is unpacked, we take none that is packed."""


@asynccontextmanager
async def listening(app: web.Application, where: Api) -> AsyncIterator[str]:
    """Serve the application inside the block; gives its address, with the real port where 0 was asked for."""
    runner = web.AppRunner(app, shutdown_timeout=SHUTDOWN_SECONDS, **PROTOCOL)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, where.host, where.port).start()
        except OSError as wrong:
            raise StartError(cannot_listen(where, wrong)) from None
        host, port = runner.addresses[0][:2]
        yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    finally:
        await runner.cleanup()


def cannot_listen(where: Api, wrong: OSError) -> str:
    """Why the API cannot listen there, and the mend."""
    if wrong.errno == errno.EADDRINUSE:
        return (
            f"Port {where.port} of {where.host} is taken: stop the other program, or choose another port "
            "(api.port, HALO_API_PORT)."
        )
    reason = wrong.strerror or str(wrong)
    return f"The API cannot listen on {where.host}, port {where.port} ({reason}): choose others (api.host, api.port)."
