"""Browsers of the office, over HTTP: they keep cookies, send what browsers send, and post the forms they were shown."""

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from aiohttp import ClientResponse

from api.accounts.accounts import Accounts
from directory.model import PersonId
from records.account_views import Account, Role
from tests.api.conftest import Served

PASSWORD = "trzy kaczki i rower 71"
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
HTML = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "pl"}


async def made_account(
    accounts: Accounts,
    sign_in: str,
    *roles: Role,
    password: str = PASSWORD,
    person: PersonId | None = None,
) -> Account:
    """An account whose owner has chosen a password."""
    account, first = await accounts.add(
        sign_in=sign_in, name=sign_in.title(), roles=roles, by="test", person=person
    )
    await accounts.change_password(account, old=first, new=password)
    return await accounts.of_id(account.id)


@dataclass
class Page:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def to(self) -> str:
        """Where it leads."""
        return self.headers.get("Location", "")

    @property
    def title(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return found[1].strip() if found else ""


@dataclass
class Browser:
    """One browser."""

    served: Served
    cookies: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def origin(self) -> str:
        return str(self.served.client.make_url("/").origin())

    async def get(self, path: str, **headers: str) -> Page:
        """Open an address; redirects are not followed."""
        return await self._asked("GET", path, headers)

    async def post(self, path: str, _token: str | None = None, **form: str | list[str]) -> Page:
        """Send a form as it was shown last."""
        pairs = [
            (name, each)
            for name, value in form.items()
            for each in ([value] if isinstance(value, str) else value)
        ]
        pairs.append(("csrf", self.token if _token is None else _token))
        return await self._asked("POST", path, {"Origin": self.origin}, pairs)

    async def sign_in(self, name: str, password: str = PASSWORD, **form: str) -> Page:
        """Open the form and send it."""
        await self.get("/sign-in")
        answer = await self.post("/sign-in", sign_in=name, password=password, **form)
        if answer.status == 303:
            await self.get("/account")
        return answer

    def headers(self) -> dict[str, str]:
        """What it sends with everything."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**HTML, **self.sent, **({"Cookie": cookies} if cookies else {})}

    async def _asked(
        self, method: str, path: str, headers: dict[str, str], form: list[tuple[str, str]] | None = None
    ) -> Page:
        sent = {**self.headers(), **headers}
        self.served.client.session.cookie_jar.clear()
        asked = self.served.client.request(method, path, headers=sent, data=form, allow_redirects=False)
        async with asked as answer:
            self._keep(answer)
            text = await answer.text()
        if found := TOKEN.search(text):
            self.token = found[1]
        return Page(answer.status, dict(answer.headers), text)

    def _keep(self, answer: ClientResponse) -> None:
        for header in answer.headers.getall("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.coded_value
