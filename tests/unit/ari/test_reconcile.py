"""Reconciling: what we know and what Asterisk lists, and what is to be done about the difference."""

from telephony.ari.ids import Names
from telephony.ari.reconcile import Couple, Plan, plan
from telephony.ari.snapshots import BridgeSnapshot, ChannelSnapshot

NOTHING = Plan((), (), (), (), ())
BEFORE = Names("halo")
"""The names of the process before us."""
NOW = Names("halo")


def _citizen(name: str, app: str = "halo,447327600") -> ChannelSnapshot:
    return ChannelSnapshot(id=name, dialplan_app="Stasis", dialplan_data=app)


def _leg(name: str) -> ChannelSnapshot:
    return ChannelSnapshot(id=name, dialplan_app="Stasis", dialplan_data=f"halo,rung,{name}")


def _plan(
    *channels: ChannelSnapshot,
    bridges: tuple[BridgeSnapshot, ...] = (),
    settled: tuple[str, ...] = (),
    known: tuple[str, ...] = (),
) -> Plan:
    return plan(NOW, "halo", channels, bridges, settled=settled, known=(*settled, *known))


def test_an_empty_asterisk_and_an_empty_line() -> None:
    assert _plan() == NOTHING


def test_what_we_know_and_is_listed_stays() -> None:
    leg = NOW.leg()
    talk = BridgeSnapshot(NOW.talk(), ("1", leg))
    assert _plan(_citizen("1"), _leg(leg), bridges=(talk,), settled=("1", leg)) == NOTHING


def test_a_hang_up_that_we_missed_is_delivered() -> None:
    assert _plan(_citizen("1"), settled=("1", "2")).lost == ("2",)


def test_a_phone_that_was_just_asked_for_is_not_lost() -> None:
    """It is known, and not settled: the list may be older than the asking."""
    assert _plan(known=(NOW.leg(),)) == NOTHING


def test_a_call_that_came_while_the_lists_were_fetched_is_not_taken_twice() -> None:
    assert _plan(_citizen("1"), known=("1",)) == NOTHING


def test_a_citizen_without_a_story_gets_one() -> None:
    citizen = _citizen("1")
    hold = BridgeSnapshot(BEFORE.hold(), ("1",))
    todo = _plan(citizen, bridges=(hold,))
    assert todo.resume == (citizen,)
    assert todo.end_bridges == (hold.id,)


def test_two_who_talk_go_on_talking() -> None:
    leg = BEFORE.leg()
    talk = BridgeSnapshot(BEFORE.talk(), (leg, "1"))
    todo = _plan(_citizen("1"), _leg(leg), bridges=(talk,))
    assert todo == Plan((), (), (Couple(talk.id, "1", leg),), (), ())


def test_a_phone_that_rings_for_nobody_is_ended() -> None:
    """Before its answer a rung channel is in no application yet: its name tells."""
    leg = ChannelSnapshot(id=BEFORE.leg(), dialplan_app="AppDial2")
    assert _plan(leg).end_channels == (leg.id,)


def test_a_colleague_left_alone_in_a_talk_is_ended_with_it() -> None:
    leg = BEFORE.leg()
    talk = BridgeSnapshot(BEFORE.talk(), (leg,))
    todo = _plan(_leg(leg), bridges=(talk,))
    assert (todo.end_channels, todo.end_bridges) == ((leg,), (talk.id,))


def test_a_citizen_left_alone_in_a_talk_gets_a_story() -> None:
    citizen = _citizen("1")
    talk = BridgeSnapshot(BEFORE.talk(), ("1",))
    todo = _plan(citizen, bridges=(talk,))
    assert (todo.resume, todo.end_bridges) == ((citizen,), (talk.id,))


def test_a_consultation_ends_and_its_citizen_gets_a_story() -> None:
    """Clerk and colleague were talking of a citizen who heard music: nobody knows any more what was agreed."""
    citizen, clerk, colleague = _citizen("1"), BEFORE.leg(), BEFORE.leg()
    talk = BridgeSnapshot(BEFORE.talk(), (clerk, colleague))
    hold = BridgeSnapshot(BEFORE.hold(), ("1",))
    todo = _plan(citizen, _leg(clerk), _leg(colleague), bridges=(talk, hold))
    assert todo == Plan((), (citizen,), (), tuple(sorted((clerk, colleague))), (talk.id, hold.id))


def test_a_phone_of_ours_and_whom_it_called_go_on_talking() -> None:
    phone, leg = _citizen("1", app="halo,1002,phone,1001"), BEFORE.leg()
    talk = BridgeSnapshot(BEFORE.talk(), ("1", leg))
    assert _plan(phone, _leg(leg), bridges=(talk,)) == Plan((), (), (Couple(talk.id, "1", leg),), (), ())


def test_a_phone_of_ours_that_called_and_is_alone_gets_a_story() -> None:
    """It knows that it is a phone's, and that it is no new call: the story puts it down."""
    phone = _citizen("1", app="halo,1002,phone,1001")
    assert _plan(phone).resume == (phone,)


def test_what_asterisk_made_to_follow_a_redirection_is_ended() -> None:
    stray = ChannelSnapshot(
        id="9.1", name="Local/1001@x-1;2", dialplan_app="Stasis", dialplan_data="halo,rung,x"
    )
    assert _plan(stray).end_channels == ("9.1",)


def test_what_is_not_ours_is_left_alone() -> None:
    other = _citizen("1", app="other,447327600")
    theirs = Names("other")
    dialplan = ChannelSnapshot(id="2", dialplan_app="Dial", dialplan_data="PJSIP/100,20,im")
    bridges = (BridgeSnapshot("b", ("2",)), BridgeSnapshot(theirs.talk(), ("1", theirs.leg())))
    assert _plan(other, _leg(theirs.leg()), dialplan, bridges=bridges).end_bridges == ()
    assert _plan(other, dialplan, bridges=bridges) == NOTHING
