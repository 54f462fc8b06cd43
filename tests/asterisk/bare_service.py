"""The service in the fewest words: one event socket and plain requests, so that every event can be looked at."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.pbx.asterisk import Pbx


class Service:
    """An ARI client in the fewest words: events one after another, and requests."""

    def __init__(
        self, pbx: Pbx, session: aiohttp.ClientSession, events: aiohttp.ClientWebSocketResponse
    ) -> None:
        self._pbx, self._session, self._events = pbx, session, events

    async def event(self, kind: str, **wanted: str) -> dict[str, Any]:
        """The next event of this type about this channel; others are passed over."""
        async with asyncio.timeout(20):
            while True:
                event = json.loads((await self._events.receive()).data)
                if event["type"] == kind and wanted.items() <= event.get("channel", {}).items():
                    return dict(event)

    async def ask(self, method: str, path: str, **body: object) -> Any:
        """One request; a refusal is an error."""
        async with self._session.request(method, f"{self._pbx.ari_url}/ari/{path}", json=body) as answer:
            text = await answer.text()
            assert answer.ok, f"{answer.status} {text}"
            return json.loads(text) if text else None

    async def ring(self, endpoint: str, *, caller: str = "") -> str:
        """Originate, as the service does: own id, and the caller as its originator."""
        channel = f"leg-{secrets.token_hex(4)}"
        from_whom = {"originator": caller} if caller else {"callerId": "Halo <100>"}
        await self.ask(
            "POST", "channels", endpoint=endpoint, app=self._pbx.app, channelId=channel, **from_whom
        )
        return channel


def authorised(pbx: Pbx) -> dict[str, str]:
    """The header that lets us in."""
    return {"Authorization": aiohttp.encode_basic_auth(pbx.ari_user, pbx.ari_password)}


@asynccontextmanager
async def connected(pbx: Pbx) -> AsyncIterator[Service]:
    """Be the service inside the block; every channel that is left at its end is hung up."""
    pool = aiohttp.TCPConnector(limit=0)
    async with (
        aiohttp.ClientSession(headers=authorised(pbx), connector=pool) as session,
        session.ws_connect(f"{pbx.ari_url}/ari/events?app={pbx.app}") as events,
    ):
        service = Service(pbx, session, events)
        yield service
        for channel in await service.ask("GET", "channels"):
            async with session.delete(f"{pbx.ari_url}/ari/channels/{channel['id']}") as answer:
                assert answer.status in (204, 404), answer.status  # 404: it has ended by itself meanwhile
