"""The clerks' screens and the administrator's eye: REST of the running service."""

from types import TracebackType
from typing import Self

from aiohttp import ClientSession

from tests.soak.gauges import metrics_in


class RestScreen:
    """Commands and metrics, by one token that may give commands."""

    def __init__(self, base: str, token: str) -> None:
        self.refused = 0
        """Commands that came too late, or had no place."""
        self._base = base
        self._session = ClientSession(headers={"Authorization": f"Bearer {token}"})

    async def hands_over(self, caller: str, extension: str, how: str) -> None:
        """Ask for a transfer of the caller with this number."""
        live = {"number": caller, "state": "live"}
        async with self._session.get(f"{self._base}/api/calls", params=live) as answer:
            found = (await answer.json())["items"] if answer.status == 200 else []
        if not found:
            self.refused += 1
            return
        order = {"extension": extension, "how": how}
        path = f"{self._base}/api/calls/{found[0]['call']}/transfer"
        async with self._session.post(path, json=order) as answer:
            self.refused += answer.status >= 400

    async def metrics(self) -> dict[str, float]:
        """What the service counts of itself."""
        async with self._session.get(f"{self._base}/metrics") as answer:
            return metrics_in(await answer.text())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
