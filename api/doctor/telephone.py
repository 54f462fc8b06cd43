"""What Asterisk must give: an answer, the right version, our application for us alone, music, the hall's phones."""

from collections.abc import Mapping, Sequence

from api.doctor.finding import Finding, odd, problem, well
from api.hall_source import stored_hall
from api.phones.whose import BadPhone, phones_of
from api.running import running
from api.settings import Settings
from directory.model import Hall
from records.errors import RecordsError
from telephony.ari.probe import Probe, probe
from telephony.ari.settings import AriSettings
from telephony.errors import PbxAway, WrongPassword

VERSION = "22."
MUSIC = "res_musiconhold.so"
NEEDED = (
    "res_ari_channels.so",
    "res_ari_bridges.so",
    "res_ari_playbacks.so",
    "res_stasis_playback.so",
    "app_stasis.so",
    "res_pjsip.so",
)
"""Modules of Asterisk that a call needs, besides the music."""
PHONES = ("res_stasis_device_state.so", "res_ari_endpoints.so")
"""Those by which we know who is on the phone."""
NAMED = 10
"""So many extensions are named in one finding."""


async def asterisk(settings: Settings) -> Sequence[Finding]:
    """Everything that can be seen of Asterisk from outside."""
    check, where = "asterisk", settings.asterisk
    if where.password is None:
        mend = "Put it into a file, and name that by asterisk.password_file (HALO_ASTERISK_PASSWORD_FILE)."
        return [problem(check, "Asterisk's password is not set.", mend)]
    address = AriSettings(
        url=where.url, user=where.user, password=where.password.get_secret_value(), app=where.app
    )
    try:
        seen = await probe(address, (*NEEDED, *PHONES, MUSIC))
    except WrongPassword as wrong:
        return [
            problem(check, str(wrong), "Compare asterisk.user and the password with Asterisk's ari.conf.")
        ]
    except PbxAway as away:
        mend = "Start Asterisk, or correct asterisk.url (HALO_ASTERISK_URL)."
        return [problem(check, f"At {where.url} nobody speaks ARI. {away}", mend)]
    line = [_version(seen), _modules(seen), _application(settings, seen), _music(seen), _phones(seen)]
    return [*line, *await _telephones(settings, seen)]


def _version(seen: Probe) -> Finding:
    version = seen.info.version
    if not version.startswith(VERSION):
        return problem(
            "asterisk", f"Asterisk {version} answers.", "Install Asterisk 22 LTS: docker/asterisk/."
        )
    return well("asterisk", f"Asterisk {version} answers.")


def _modules(seen: Probe) -> Finding:
    missing = [module for module in seen.not_running if module in NEEDED]
    if missing:
        named = ", ".join(missing)
        return problem("modules", f"Asterisk runs without {named}.", "Load them in modules.conf.")
    return well("modules", "Asterisk has the modules that a call needs.")


def _application(settings: Settings, seen: Probe) -> Finding:
    check, app = "application", settings.asterisk.app
    if not seen.application_known:
        return well(check, f"Nobody serves the application {app}.")
    if running(settings.state_dir):
        return well(check, f"The service serves the application {app}.")
    return odd(
        check,
        f"Asterisk knows the application {app} already: another process serves it, or one left calls behind.",
        "Stop the other process; what is left behind the service takes over.",
    )


def _music(seen: Probe) -> Finding:
    if MUSIC in seen.not_running:
        return odd("music", "Asterisk plays no music to who waits.", f"Load {MUSIC} in modules.conf.")
    return well("music", "Who waits hears music.")


def _phones(seen: Probe) -> Finding:
    missing = [module for module in seen.not_running if module in PHONES]
    if missing:
        mend = f"Load {', '.join(missing)} in modules.conf."
        return odd("phones", "Asterisk does not tell which phones are free: all are rung alike.", mend)
    return well("phones", "Asterisk tells which phones are there and free.")


async def _telephones(settings: Settings, seen: Probe) -> Sequence[Finding]:
    if "res_ari_endpoints.so" in seen.not_running:
        return []
    try:
        hall = await stored_hall(settings.database_url)
    except RecordsError:  # the examination of the database tells
        return []
    return telephones(hall, seen.phones) if hall else []


def telephones(hall: Hall, phones: Mapping[str, bool]) -> Sequence[Finding]:
    """Whether every extension that is reached here has an account among these phones, and is registered.

    Where there is none nobody is ever rung, so no try in vain tells of it.
    """
    check = "telephones"
    try:
        wanted = [phone.extension for phone in phones_of(hall).here]
    except BadPhone as wrong:
        return [problem(check, f"{wrong}.", "Correct the extension in the directory.")]
    strangers = [digits for digits in wanted if digits not in phones]
    unplugged = [digits for digits in wanted if not phones.get(digits, True)]
    found, steps_in = [], "their calls go to whoever steps in"
    if strangers:
        what = f"{len(strangers)} of {len(wanted)} extensions have no account at Asterisk, and {steps_in}"
        found.append(odd(check, f"{what}: {_some(strangers)}.", "halo phones render --into DIR --reload"))
    if unplugged:
        what = f"{len(unplugged)} of {len(wanted)} phones are not registered now, and {steps_in}"
        mend = "Plug them in, or take their extensions out of the directory."
        found.append(odd(check, f"{what}: {_some(unplugged)}.", mend))
    return found or [well(check, f"All {len(wanted)} phones of the directory are registered.")]


def _some(extensions: Sequence[str]) -> str:
    """The first ones, and how many more there are."""
    more = f" and {len(extensions) - NAMED} more" if len(extensions) > NAMED else ""
    return ", ".join(extensions[:NAMED]) + more
