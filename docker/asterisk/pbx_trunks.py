"""The two ways out of the building, as lines of configuration: the network operator's trunk and the hall's other PBX.

Text alone; `pbx_config` puts it into the templates. Only the standard library is needed.
"""

from collections.abc import Mapping

from pbx_instance import Account, Instance, NumberForm, Secrecy, Tls, Trunk

NO_WAY_OUT = "NoOp(no trunk to the outside was set)"
"""The dialplan's step where a call would leave, and cannot: the phone gets a 503."""


HELP_SILENCE = 8
"""Seconds that the operator has to say more of a call for help than 100 Trying, before the second way is tried."""


def trunk_settings(instance: Instance) -> Mapping[str, str]:
    """Every `<<name>>` of the templates that has to do with calls out of the building."""
    e164 = instance.number_form is NumberForm.E164
    public = instance.public_number.removeprefix("" if e164 else "+48")
    return {
        "hall_trunk": _hall_trunk(instance.hall_trunk, instance.qualify_seconds),
        "tls": _tls(instance.tls, instance.address),
        "srtp": _srtp(instance),
        "city_way_out": _city_way_out(instance.city_trunk, instance.city_account),
        "city_trunk": _city_trunk(instance.city_trunk, instance.city_account, public),
        "dial_city": "Dial(PJSIP/${EXTEN}@city)" if instance.city_trunk else NO_WAY_OUT,
        "dial_city_for_help": _dial_city_for_help(instance),
        "help_silence": str(HELP_SILENCE),
        "dial_help_by_hall": _dial_help_by_hall(instance),
        "number_prefix": "+48" if e164 else "",
        "public_number": public,
        "abroad": _abroad(instance.foreign_countries, "+" if e164 else "00"),
    }


def _dial_city_for_help(instance: Instance) -> str:
    """Where there is a second way, the first is watched: the operator's silence must not cost SIP's 32 s."""
    if not instance.city_trunk:
        return NO_WAY_OUT
    return f"Dial(PJSIP/${{EXTEN}}@city{',,b(help-watched^s^1)' if instance.hall_trunk else ''})"


def _dial_help_by_hall(instance: Instance) -> str:
    """Where the operator's trunk fails, help is called through the hall's other PBX, if there is one."""
    return "Dial(PJSIP/${EXTEN}@hall-trunk)" if instance.hall_trunk else "NoOp(no other way to help)"


def _abroad(countries: tuple[str, ...], prefix: str) -> str:
    """Lines of the dialplan for each country that may be called, written with + or with 00.

    The dots of the patterns match anything that a phone may send: only the digits of it are dialled.
    """
    return "\n".join(
        f"exten => _{written}{country}XXXX.,1,Goto(way-out,{prefix}${{FILTER(0-9,${{EXTEN:{len(written)}}})}},1)"
        for country in countries
        for written in ("+", "00")
    )


def _tls(tls: Tls | None, address: str) -> str:
    """Where SIP over TLS is spoken. Who calls us is known by address, so no certificate is asked of them."""
    if tls is None:
        return ""
    return f"""
[tls]
type = transport
protocol = tls
bind = {address}:{tls.port}
method = tlsv1_2
cert_file = {tls.certificate.resolve()}
priv_key_file = {tls.key.resolve()}
ca_list_file = {tls.authorities.resolve()}
verify_server = yes
"""


def _srtp(instance: Instance) -> str:
    """The module for encrypted audio, if anybody wants it."""
    wanted = [trunk for trunk in (instance.city_trunk, instance.hall_trunk) if trunk]
    secret = any(trunk.secrecy is Secrecy.SRTP for trunk in wanted)
    return "load = res_srtp.so" if secret else "; No trunk wants its audio encrypted."


def _at(trunk: Trunk) -> str:
    """Host, port and the way there, as a SIP address has them; a bare semicolon would begin a comment."""
    way = "" if trunk.secrecy is Secrecy.OPEN else "\\;transport=tls"
    return f"{trunk.certified_as or trunk.host}:{trunk.port}{way}"


def _transport(trunk: Trunk) -> str:
    return "udp" if trunk.secrecy is Secrecy.OPEN else "tls"


def _secrecy(trunk: Trunk) -> str:
    """Lines of an endpoint, after those that all have in common: the last word counts."""
    lines = {Secrecy.OPEN: "", Secrecy.TLS: "transport = tls\n"}
    return lines.get(trunk.secrecy, "transport = tls\nmedia_encryption = sdes\n")


def _city_way_out(trunk: Trunk | None, account: Account | None) -> str:
    """What the operator's endpoint needs to be dialled, besides being known when it calls."""
    if trunk is None:
        return ""
    return "aors = city\n" + ("outbound_auth = city-account\n" if account else "") + _secrecy(trunk)


def _city_trunk(trunk: Trunk | None, account: Account | None, public: str) -> str:
    """Where the operator listens, and how it knows us.

    It is not asked whether it lives (qualify): an operator that does not answer OPTIONS would be thought dead,
    and a call for help not even tried.
    """
    if trunk is None:
        return ""
    address = f"""
[city]
type = aor
contact = sip:{_at(trunk)}
"""
    if account is None:
        return address
    # A semicolon would begin a comment.
    user, secret = (text.replace(";", "\\;") for text in (account.user, account.secret))
    return f"""{address}
[city-account]
type = auth
auth_type = digest
username = {user}
password = {secret}

[city-registration]
type = registration
transport = {_transport(trunk)}
outbound_auth = city-account
server_uri = sip:{_at(trunk)}
client_uri = sip:{user}@{_at(trunk)}
contact_user = {public}
expiration = 600
retry_interval = 30
forbidden_retry_interval = 300
max_retries = 1000000
auth_rejection_permanent = no
"""


def _hall_trunk(trunk: Trunk | None, qualify_seconds: int) -> str:
    """How the hall's other PBX is reached. A transfer (REFER) of its is refused, as the operator's are (ADR 23)."""
    if trunk is None:
        return ""
    return f"""
[hall-trunk](party)
context = from-hall
aors = hall-trunk
allow_transfer = no
{_secrecy(trunk)}
[hall-trunk]
type = aor
contact = sip:{_at(trunk)}
qualify_frequency = {qualify_seconds}

[hall-trunk-address]
type = identify
endpoint = hall-trunk
match = {trunk.host}
"""
