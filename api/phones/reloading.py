"""Ask a running Asterisk to take over its phones anew: calls that are up go on, registrations stay."""

from urllib.parse import quote

from api.phones.rendering import Instance
from telephony.ari.http import AriHttp
from telephony.ari.settings import AriSettings
from telephony.ari.statistics import Counters

MODULES = ("res_pjsip.so", "pbx_config.so")
"""Endpoints first, then the dialplan, whose hints look at them."""


async def reload_phones(instance: Instance) -> None:
    """Have the instance read its phones again. Raises PbxAway, WrongPassword or AriRefused, of one sentence."""
    settings = AriSettings(url=instance.ari_url, user=instance.ari_user, password=instance.ari_password)
    http = AriHttp(settings, Counters())
    try:
        for module in MODULES:
            await http.request("PUT", f"/ari/asterisk/modules/{quote(module)}")
    finally:
        await http.close()
