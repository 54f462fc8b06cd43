"""The driver of the talk table: one caller with one host, until the two have parted for good.

It turns what happens (the host's phone, commands, the transfer below, the caller's leaving) into the table's events
and does what the table says. It decides nothing itself.
"""

from contextlib import AsyncExitStack
from functools import partial

from callflows.conversation import Conversation
from callflows.floor.offer import offer
from callflows.host import Host
from callflows.leaving import Leaving
from callflows.outcomes import Instead, Outcome, Way
from callflows.subject import Subject
from callflows.talk.before import BEGINNINGS, Before, Consulting
from callflows.talk.commands import How
from callflows.talk.log import TalkLog
from callflows.talk.phone import HostPhone
from callflows.talk.progress import ProgressOf
from callflows.talk.requests import Came, CannotHandOver, Request, allowed, by_command, no_row, whom_to_try
from callflows.talk.saying import UNSPOKEN, Saying
from callflows.talk.table import Do, Event, State, Step, step
from callflows.transfer.search import Failure, Search
from callflows.work import Work
from telephony.errors import HungUp
from telephony.values import Progress


class HostedTalk:
    """A caller and a host.

    `came_back` is why the caller is with them again, if a transfer failed before; `before` is where an earlier process
    has left the two.
    """

    def __init__(
        self,
        conversation: Conversation,
        host: Host,
        about: Subject,
        came_back: Failure | None = None,
        before: Before | None = None,
    ) -> None:
        self.about = about
        self.next_host: Host | None = None
        """Whoever has the caller now; None if nobody has."""
        self.failure = came_back
        """The last transfer that failed, as long as the caller has not heard of it."""
        self.to_the_line = False
        """Whether the caller is still there and nobody has them."""
        self._talk, self._call, self._host = conversation, conversation.call, host
        self._work: Work[Event | Request] = Work()
        self._leaving = Leaving(self._call, Event.CALLER_LEFT, Event.PBX_RESTARTED)
        self._state = State.BACK if came_back else State.TALKING
        self._search: Search | None = None
        self._hold = AsyncExitStack()
        self._log = TalkLog(conversation, host.id)
        self._saying = Saying(conversation, host, self._log)
        self._progress = ProgressOf(host, self._saying, self._work.start)
        self._phone = HostPhone(host.leg, self._log, self._work.post, lambda: self._state)
        self._first: tuple[Do, ...] = ()
        if before is not None:
            self._take_up(before)

    async def run(self) -> None:
        """Go through the table, from a talk that has begun to its end."""
        talk = self._talk
        try:
            with (
                # Also after a clerk has left: as long as the caller may come back to them, the queue does not.
                talk.floor.on_the_phone(self._host.candidate.extension.digits),
                talk.switchboard.listens(talk.id, lambda command: self._work.post(by_command(command))),
            ):
                self._work.start("caller", partial(self._leaving.told, self._work.post))
                self._work.start("host", self._phone.listen)
                if self._host.has_left:
                    self._work.post(Event.HOST_LEFT)
                talk.waiting_for = "talk"
                if self._host.holds:
                    self._phone.holds = True
                    self._log.hold_began(by_phone=True)
                self._tell_of_failure()
                await self._carry_out(self._first, Event.RESUME)
                while self._state is not State.OVER:
                    await self._take(await self._work.next())
        except BaseException:
            await self._work.stop_all()
            if self.next_host is not None:
                await self.next_host.release()  # whoever took the caller has them of nobody now
            raise
        finally:
            await self._work.stop_all()
            for late in self._work.rest():
                if isinstance(late, Request):
                    self._log.refused(late, str(no_row(State.OVER)))
            await self._hold.aclose()
            await self._host.release()
            if self._search is not None and self._search.host is not None and self.next_host is None:
                await self._search.host.release()

    async def _take(self, happened: Event | Request) -> None:
        event = happened if isinstance(happened, Event) else happened.event
        taken = step(self._state, event)
        if isinstance(happened, Request):
            try:
                taken = self._agreed(happened, taken)
            except CannotHandOver as refused:
                await self._refuse(happened, refused)
                return
        if taken is not None:
            self._state = taken.state
            await self._carry_out(taken.actions, event)

    async def _carry_out(self, actions: tuple[Do, ...], event: Event) -> None:
        for action in actions:
            try:
                await self._do(action, event)
            except HungUp:
                self._work.post(self._leaving.how)

    def _take_up(self, before: Before) -> None:
        """Begin where an earlier process has left the two."""
        self._state, self._first = BEGINNINGS[type(before)]
        if isinstance(before, Consulting):
            self._progress.asked = before.asked
            self._search = before.search(self._talk, self._host, self.about, self._progress.watch)

    def _agreed(self, request: Request, taken: Step | None) -> Step:
        """What the table says to a request that can be met, on record. Raises CannotHandOver."""
        agreed = allowed(taken, self._state, phone_holds=self._phone.holds)
        if request.event is Event.COMPLETE and (
            self._progress.asked is None or self._progress.asked.how is not How.CONSULT
        ):
            raise CannotHandOver("handover.refused", "to nie jest konsultacja: przełączenie kończy urzędnik")
        if request.whom is not None:
            about, candidates = whom_to_try(self._talk, self._host, self.about, request.whom)
            rung = [candidate.extension.digits for candidate in candidates]
            self._talk.switchboard.gives_way(self._host.candidate.extension.digits, rung)
            self._progress.asked, self.about = request, about
            self._search = Search(
                self._talk,
                about,
                candidates,
                way=Way.CONSULTED if request.how is How.CONSULT else Way.HANDED_OVER,
                by=self._host,
                watch=self._progress.watch,
                consulted=request.consulted,
            )
        self._log.done(request)
        return agreed

    async def _refuse(self, request: Request, refused: CannotHandOver) -> None:
        self._log.refused(request, str(refused))
        if request.came is Came.BY_TRANSFER_KEY:
            await self._host.leg.report(Progress.FAILED)
        if request.came is not Came.FROM_A_SCREEN:
            await self._whisper(refused.prompt)

    async def _do(self, action: Do, event: Event) -> None:
        match action:
            case Do.PART:
                await self._work.stop("telling")
                self._log.hold_ended()
                await self._host.part()
            case Do.JOIN:
                await self._join()
            case Do.HOLD:
                await self._hold.enter_async_context(self._call.on_hold())
                self._log.hold_began()
                await self._whisper("hold.on")
            case Do.UNHOLD:
                await self._hold.aclose()
                self._log.hold_ended()
            case Do.TRY:
                self._work.start("try", self._try)
            case Do.CALL_OFF if self._search is not None:
                self._search.cancel()
            case Do.COMPLETE if self._search is not None:
                self._search.complete()
            case Do.LEAVE_IT_TO_THE_LINE if self._search is not None:
                self._search.host_left()
            case Do.RECALL:
                self._work.start("try", self._recall)
            case Do.AWAIT_THE_TRY:
                await self._work.finishes("try")
            case Do.END_THE_TALK:
                self._end_the_talk(event)
            case Do.RELEASE:
                await self._release(event)
            case Do.TO_THE_LINE:
                self.to_the_line = True

    # The table's verbs

    async def _join(self) -> None:
        await self._work.stop("whisper", "progress")
        await self._host.join()
        self._talk.waiting_for = "talk"
        self._tell_of_failure()

    async def _try(self) -> None:
        assert self._search is not None
        self.next_host = await self._search.somebody()
        self.failure = self._search.failure
        if self.next_host is not None:
            self._work.post(Event.PASSED_ON)
            return
        if self.failure is not None:
            self.failure.log.given(Instead.BACK)
        await self._progress.report(Progress.FAILED)
        self._progress.asked = None
        self._work.post(Event.FAILED_ON_HOLD if self._phone.holds else Event.FAILED)

    async def _recall(self) -> None:
        person, talk = self._host.candidate.person, self._talk
        if person is not None and self._host.reservation is not None:
            reservation = talk.floor.reserve(person.id, talk.id)
            if reservation is not None:
                failed = self.failure.outcome if self.failure else Outcome.CANCELLED
                self.next_host = await offer(talk, reservation, self.about, way=Way.RECALL, failed=failed)
        self._work.post(Event.PASSED_ON if self.next_host else Event.FAILED)

    async def _release(self, event: Event) -> None:
        await self._work.stop("host", "whisper", "progress")
        if event is Event.PASSED_ON:
            await self._progress.report(Progress.ANSWERED)
            if not self._progress.by_transfer_key:
                await self._saying.to_the_host("handover.done")
        await self._host.release()

    def _end_the_talk(self, event: Event) -> None:
        self._log.hold_ended()
        by = {Event.CALLER_LEFT: "caller", Event.PBX_RESTARTED: "pbx"}
        handed_over = self._state is State.HANDING_OVER_ALONE or event is Event.PASSED_ON
        self._host.log.talk_ended("handed_over" if handed_over else by.get(event, "colleague"))

    def _tell_of_failure(self) -> None:
        self._work.start("telling", self._tell_both)

    async def _tell_both(self) -> None:
        failure = self.failure
        if failure is None or failure.outcome in UNSPOKEN or await self._saying.of_failure(failure):
            self.failure = None
            self._work.post(Event.TOLD)

    async def _whisper(self, prompt: str) -> None:
        await self._work.stop("whisper")
        self._work.start("whisper", partial(self._saying.to_the_host, prompt))
