"""Reconciling: what we know and what Asterisk lists, and what is to be done about the difference."""

from telephony.ari.ids import Names
from telephony.ari.reconcile import Found, Party, Plan, plan
from telephony.ari.snapshots import BridgeSnapshot, ChannelSnapshot

NOTHING = Plan((), (), (), ())
BEFORE = Names("halo")
"""The names of the process before us."""
NOW = Names("halo")


def _citizen(name: str, app: str = "halo,447327600") -> ChannelSnapshot:
    return ChannelSnapshot(id=name, dialplan_app="Stasis", dialplan_data=app)


def _leg(name: str, call: str = "1", state: str = "Up") -> ChannelSnapshot:
    return ChannelSnapshot(
        id=name, state=state, call=call, dialplan_app="Stasis", dialplan_data=f"halo,rung,{name}"
    )


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
    assert _plan(citizen) == Plan((), (Found(Party(citizen)),), (), ())


def test_two_who_talk_go_on_talking() -> None:
    citizen, leg = _citizen("1"), _leg(BEFORE.leg())
    talk, empty = BridgeSnapshot(BEFORE.talk(), (leg.id, "1")), BridgeSnapshot(BEFORE.talk(), ())
    todo = _plan(citizen, leg, bridges=(talk, empty))
    assert todo.resume == (Found(Party(citizen, talk.id), (Party(leg, talk.id),)),)
    assert (todo.end_channels, todo.end_bridges) == ((), (empty.id,))


def test_what_asterisk_lists_twice_is_one() -> None:
    """It does, if a channel changes while the list is made: the later entry is how it is now."""
    citizen, leg = _citizen("1"), BEFORE.leg()
    ringing, answered = _leg(leg, state="Ringing"), _leg(leg)
    talk = BridgeSnapshot(BEFORE.talk(), (leg, "1"))
    todo = _plan(citizen, ringing, citizen, answered, bridges=(talk,))
    assert todo.resume == (Found(Party(citizen, talk.id), (Party(answered, talk.id),)),)


def test_a_consultation_goes_on() -> None:
    citizen, clerk, colleague = _citizen("1"), _leg(BEFORE.leg()), _leg(BEFORE.leg())
    talk = BridgeSnapshot(BEFORE.talk(), (clerk.id, colleague.id))
    todo = _plan(citizen, clerk, colleague, bridges=(talk,))
    consulting = (Party(clerk, talk.id), Party(colleague, talk.id))
    assert todo == Plan((), (Found(Party(citizen), consulting),), (), ())
    assert todo.resume[0].talks == {talk.id}


def test_one_who_has_answered_and_talks_with_nobody_is_left_where_they_are() -> None:
    citizen, clerk = _citizen("1"), _leg(BEFORE.leg())
    assert _plan(citizen, clerk) == Plan((), (Found(Party(citizen), (Party(clerk),)),), (), ())


def test_a_phone_that_rings_for_nobody_is_ended() -> None:
    """Before its answer a rung channel is in no application yet: its name tells."""
    leg = ChannelSnapshot(id=BEFORE.leg(), state="Ringing", call="1", dialplan_app="AppDial2")
    todo = _plan(_citizen("1"), leg)
    assert todo.end_channels == (leg.id,)
    assert todo.resume == (Found(Party(_citizen("1"))),)


def test_a_colleague_whose_citizen_has_gone_is_ended() -> None:
    leg = _leg(BEFORE.leg())
    talk = BridgeSnapshot(BEFORE.talk(), (leg.id,))
    todo = _plan(leg, bridges=(talk,))
    assert todo == Plan((), (), (leg.id,), (talk.id,))


def test_two_who_consult_and_whose_citizen_has_gone_are_ended() -> None:
    clerk, colleague = _leg(BEFORE.leg()), _leg(BEFORE.leg())
    talk = BridgeSnapshot(BEFORE.talk(), (clerk.id, colleague.id))
    todo = _plan(clerk, colleague, bridges=(talk,))
    assert todo == Plan((), (), tuple(sorted((clerk.id, colleague.id))), (talk.id,))


def test_a_phone_of_a_call_that_we_know_and_that_we_do_not_know_is_ended() -> None:
    """Its story has given it up while Asterisk was away."""
    leg = _leg(NOW.leg())
    assert _plan(_citizen("1"), leg, known=("1",)) == Plan((), (), (leg.id,), ())


def test_a_citizen_left_alone_in_a_talk_gets_a_story() -> None:
    citizen = _citizen("1")
    talk = BridgeSnapshot(BEFORE.talk(), ("1",))
    assert _plan(citizen, bridges=(talk,)) == Plan((), (Found(Party(citizen)),), (), (talk.id,))


def test_two_calls_are_not_mixed_up() -> None:
    one, two = _citizen("1"), _citizen("2")
    first, second = _leg(BEFORE.leg(), "1"), _leg(BEFORE.leg(), "2")
    talk = BridgeSnapshot(BEFORE.talk(), ("2", second.id))
    odd = BridgeSnapshot(BEFORE.talk(), ("1", "2"))
    todo = _plan(one, two, first, second, bridges=(talk, odd))
    assert todo.resume == (
        Found(Party(one), (Party(first),)),
        Found(Party(two, talk.id), (Party(second, talk.id),)),
    )
    assert todo.end_bridges == (odd.id,)


def test_a_phone_of_ours_and_whom_it_called_go_on_talking() -> None:
    phone, leg = _citizen("1", app="halo,1002,phone,1001"), _leg(BEFORE.leg())
    talk = BridgeSnapshot(BEFORE.talk(), ("1", leg.id))
    (found,) = _plan(phone, leg, bridges=(talk,)).resume
    assert found == Found(Party(phone, talk.id), (Party(leg, talk.id),))


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
