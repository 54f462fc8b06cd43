"""A phone that registers here, on the wire: it answers challenges, watches other phones, asks for transfers.

For the facts about our Asterisk's configuration only, as `raw_sip`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from tests.asterisk.raw_sip import SECONDS, Party
from tests.pbx.asterisk import Pbx
from tests.phones.sip.digest import credentials
from tests.phones.sip.message import Message, tag_in


class RawPhone(Party):
    """A party with a name and a secret."""

    def registers(self, secret: str) -> None:
        """Register at Asterisk, as a phone does."""
        assert self.tries_to_register(secret) == 200

    def tries_to_register(self, secret: str) -> int:
        """Register with this secret; what Asterisk answers."""
        return self._signed("REGISTER", "", secret, {"Expires": "300"}, address=self.user).status

    def watches(self, number: str, secret: str) -> int:
        """Subscribe to the state of an extension (RFC 4235), as a phone does for a lamp; what Asterisk answers."""
        wanted = {"Event": "dialog", "Accept": "application/dialog-info+xml", "Expires": "300"}
        return self._signed("SUBSCRIBE", number, secret, wanted).status

    def lamp(self, seconds: float = SECONDS) -> str:
        """The next state that we are told of what we watch: the body of a NOTIFY."""
        notify = self.asked("NOTIFY", seconds)
        self.reply(notify, "200 OK")
        return notify.body

    def invites_with_secret(self, number: str, call: str, secret: str, *, sender: str = "") -> Message:
        """Call as a phone does, and wait for how it ends or is answered."""
        self.dials(number, call, secret, sender=sender)
        answer = self.final()
        self.acknowledges(number, call, answer, sender=sender)
        return answer

    def dials(self, number: str, call: str, secret: str, *, sender: str = "") -> None:
        """Call as a phone does, without and then with an answer to the challenge; wait for nothing more."""
        challenge = self.calls(number, call, sender=sender)
        assert challenge.status == 401, challenge.first
        extra = self._credentials(challenge, secret, self.line(number))
        self.request("INVITE", call, to=number, extra=extra, body=self.sdp, sender=sender)

    def refers(
        self, number: str, call: str, answer: Message, target: str, *, replacing: Message | None = None
    ) -> Message:
        """Ask for a transfer of a call that we began (RFC 3515): blind, or `replacing` another that was answered.

        Replaces (RFC 3891) names the other call as the far end knows it.
        """
        to_whom = self.line(target)
        if replacing:
            tags = f";to-tag={tag_in(replacing.get('To'))};from-tag={tag_in(replacing.get('From'))}"
            to_whom += f"?Replaces={quote(replacing.get('Call-ID') + tags, safe='')}"
        self.request(
            "REFER", call, to=number, tag=tag_in(answer.get("To")), extra={"Refer-To": f"<{to_whom}>"}
        )
        return self.final("REFER")

    def _signed(
        self, method: str, number: str, secret: str, extra: dict[str, str], *, address: str = ""
    ) -> Message:
        """A request outside of a call, without and then with an answer to the challenge."""
        call, uri = f"{method}-{number}-{len(self.got)}", self.line(number)
        self.request(method, call, to=address or number, target=uri, extra=extra)
        challenge = self.final(method)
        if challenge.status != 401:
            return challenge
        extra = {**extra, **self._credentials(challenge, secret, uri)}
        self.request(method, call, to=address or number, target=uri, extra=extra)
        return self.final(method)

    def _credentials(self, challenge: Message, secret: str, uri: str) -> dict[str, str]:
        words = credentials(challenge.get("WWW-Authenticate"), self.user, secret, challenge.method, uri)
        return {"Authorization": words}


@contextmanager
def registered(pbx: Pbx, extension: str) -> Iterator[RawPhone]:
    """A phone that may call; every channel that is left at the end is hung up."""
    with RawPhone("127.0.0.1", pbx.sip_port, user=extension) as party:
        party.registers(pbx.phones[extension])
        yield party
        for channel in pbx.channels():
            pbx.cli(f"channel request hangup {channel}")
