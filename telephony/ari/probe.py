"""A look at an Asterisk from outside, for the doctor: who it is, who holds our application, what it can play."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from telephony.ari.commands import pbx_info
from telephony.ari.errors import AriRefused, Gone
from telephony.ari.http import AriHttp, Reply
from telephony.ari.settings import AriSettings
from telephony.ari.snapshots import PbxInfo
from telephony.ari.statistics import Counters
from telephony.errors import PbxAway


@dataclass(frozen=True, slots=True)
class Probe:
    """What was seen: nothing was changed by looking."""

    info: PbxInfo
    application_known: bool
    """Whether Asterisk has our application's name: a process serves it, or one did and left something behind."""
    not_running: tuple[str, ...]
    """Those of the modules asked for that are not loaded and running."""
    phones: Mapping[str, bool]
    """Phones and trunks that Asterisk has an account for, and whether they are registered; none if it does not tell."""


async def probe(settings: AriSettings, modules: Collection[str] = ()) -> Probe:
    """Look at this Asterisk. Raises PbxAway, or WrongPassword, with one sentence."""
    http = AriHttp(settings, Counters())
    try:
        info = await pbx_info(http)
        application = await _found(http, f"/ari/applications/{quote(settings.app)}")
        asleep = [module for module in modules if not await _runs(http, module)]
        return Probe(info, application is not None, tuple(asleep), await _phones(http))
    except Gone as error:
        raise PbxAway(f"What answers at {settings.url} is not Asterisk's ARI.") from error
    finally:
        await http.close()


async def _runs(http: AriHttp, module: str) -> bool:
    reply = await _found(http, f"/ari/asterisk/modules/{quote(module)}")
    return reply is not None and json.loads(reply.body).get("status") == "Running"


async def _phones(http: AriHttp) -> dict[str, bool]:
    reply = await _found(http, "/ari/endpoints/PJSIP")
    return {one["resource"]: one.get("state") != "offline" for one in json.loads(reply.body)} if reply else {}


async def _found(http: AriHttp, path: str) -> Reply | None:
    try:
        return await http.request("GET", path)
    except (Gone, AriRefused):  # 404, and 409 for a module that is not loaded
        return None
