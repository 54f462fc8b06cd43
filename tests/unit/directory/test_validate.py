"""Rules that a finished hall keeps, wherever it came from; and what is only odd."""

from dataclasses import fields, replace
from datetime import time

import pytest

from directory.doubts import doubts
from directory.model import (
    Extension,
    Hall,
    Hours,
    LinePolicy,
    MatterId,
    Menu,
    MenuEntry,
    Numbering,
    PersonId,
    UnitId,
    Week,
)
from directory.validate import RANGES, faults
from tests.unit.directory.halls import BIRTH, DEATH, DESK, ELSEWHERE, REGISTRY, hall_of, person

LEAF = MenuEntry("1", "Urodzenia", matter=BIRTH)


def told(hall: Hall) -> list[str]:
    return [f"{fault.field}: {fault.what}" for fault in faults(hall)]


def with_menu(*entries: MenuEntry) -> Hall:
    return hall_of(menu=Menu(entries))


def with_unit(hall: Hall, key: UnitId, **changes: object) -> Hall:
    return replace(hall, units={**hall.units, key: replace(hall.units[key], **changes)})  # type: ignore[arg-type]


def test_a_good_hall() -> None:
    assert faults(hall_of(person("anna", REGISTRY, "1001", deputies=()))) == ()


def test_the_demo_hall(hall: Hall) -> None:
    assert faults(hall) == ()


def test_every_rule_has_a_range_that_its_default_keeps() -> None:
    assert set(RANGES) == {rule.name for rule in fields(LinePolicy)}
    assert faults(hall_of(policy=LinePolicy())) == ()


@pytest.mark.parametrize("name", sorted(RANGES))
@pytest.mark.parametrize("off", [-0.001, 1e9, float("nan"), float("inf")])
def test_a_rule_out_of_its_range(name: str, off: float) -> None:
    least, _ = RANGES[name]
    value = least + off
    hall = hall_of(policy=replace(LinePolicy(), **{name: value}))  # type: ignore[arg-type]

    assert any(line.startswith(f"policy.{name}: ") and "out of range" in line for line in told(hall))


@pytest.mark.parametrize(
    ("hall", "what"),
    [
        (hall_of(name=" "), "name: the hall has no name"),
        (hall_of(desk=UnitId("nowhere")), "desk: there is no unit 'nowhere'"),
        (hall_of(week=Week({})), "hours: no day has opening hours"),
        (hall_of(week=Week({8: Hours(time(8), time(9))})), "hours: a week has no day 8"),
        (hall_of(week=Week({1: Hours(time(9), time(9))})), "hours: 9.00-9.00 ends before it begins"),
        (hall_of(timezone="Europe/Nowhere"), "timezone: no time zone is called 'Europe/Nowhere'"),
        (hall_of(timezone="../etc"), "timezone: no time zone is called '../etc'"),
        (hall_of(languages=("pl",)), None),
        (hall_of(languages=("pl", "de")), "languages: the line does not speak 'de'"),
        (hall_of(languages=()), "languages: the line begins in Polish, and speaks each language once"),
        (
            hall_of(languages=("en", "pl")),
            "languages: the line begins in Polish, and speaks each language once",
        ),
        (hall_of(crisis_number="4473"), None),
        (hall_of(crisis_number="+48447323661"), None),
        (hall_of(crisis_number="zadzwoń"), "crisis_number: 'zadzwoń' is no number"),
        (
            hall_of(numbering=Numbering(callback_countries=frozenset({49}))),
            "numbering.callback_countries: the hall's own country is not among those called back",
        ),
        (
            with_unit(hall_of(), DESK, line=None, direct=None, numbers=()),
            "desk: the desk cannot be reached, and it is everybody's last way on",
        ),
        (with_unit(hall_of(), REGISTRY, spoken=""), "unit_name: 'registry' has no spoken name"),
        (with_unit(hall_of(), REGISTRY, line=Extension("x")), "lines.registry: 'x' is no extension"),
        (
            with_unit(hall_of(), REGISTRY, direct="+48447327706"),
            "phones: '+48447327706' is not among the numbers of 'registry' that somebody answers",
        ),
        (with_unit(hall_of(), REGISTRY, week=Week({})), "hours.units.registry: no day has opening hours"),
    ],
)
def test_rules_of_the_hall(hall: Hall, what: str | None) -> None:
    assert told(hall) == ([what] if what else [])


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"unit": UnitId("nowhere")}, "unit: there is no unit 'nowhere'"),
        ({"unit": ELSEWHERE}, "unit: 'elsewhere' is a body outside the hall"),
        ({"spoken": ""}, "spoken: 'anna' has no spoken name"),
        ({"announced": ""}, None),
        ({"extension": Extension("+48447327705")}, "extension: '+48447327705' is no extension"),
        ({"matters": (MatterId("nothing"),)}, "matters: there is no matter 'nothing'"),
        ({"deputies": (PersonId("nobody"),)}, "deputies: there is no person 'nobody'"),
        ({"deputies": (PersonId("anna"),)}, "deputies: 'anna' would stand in for themselves"),
        ({"languages": ("pl", "po polsku")}, "languages: 'po polsku' is no language"),
        ({"languages": ()}, "languages: 'anna' speaks nothing, or something twice"),
        ({"languages": ("pl", "pl")}, "languages: 'anna' speaks nothing, or something twice"),
        ({"languages": ("pl", "en-GB", "uk")}, None),
        ({"id": PersonId("Żaneta W")}, "id: 'Żaneta W' is no id"),
    ],
)
def test_rules_of_people(changes: dict[str, object], what: str | None) -> None:
    anna = replace(person("anna", REGISTRY, "1001"), **changes)  # type: ignore[arg-type]

    assert told(hall_of(anna)) == ([what] if what else [])


@pytest.mark.parametrize(
    ("hall", "what"),
    [
        (with_menu(), "menu: this menu has no keys"),
        (
            with_menu(*(replace(LEAF, key=key) for key in "1234567")),
            "menu: 7 keys are more than a caller keeps in mind",
        ),
        (with_menu(LEAF, LEAF), "menu: key 1 is given twice"),
        (with_menu(replace(LEAF, spoken="")), "menu, key 1: nothing is said for this key"),
        (
            with_menu(replace(LEAF, spoken_en="Children under 12")),
            "menu, key 1: the English text has figures",
        ),
        (
            with_menu(replace(LEAF, key="8")),
            "menu, key 8: key 8 of the first menu changes the language",
        ),
        (with_menu(replace(LEAF, matter=None)), "menu, key 1: this key leads nowhere"),
        (with_menu(replace(LEAF, unit=DESK)), "menu, key 1: this key leads to several things"),
        (with_menu(replace(LEAF, matter=MatterId("nothing"))), "menu, key 1: there is no matter 'nothing'"),
        (
            with_menu(MenuEntry("1", "Inne", unit=UnitId("nowhere"))),
            "menu, key 1: there is no unit 'nowhere'",
        ),
        (
            with_menu(MenuEntry("1", "Inne", submenu=Menu(()))),
            "menu, key 1: this menu has no keys",
        ),
        (
            with_menu(
                MenuEntry("1", "Inne", submenu=Menu((MenuEntry("2", "Dalej", submenu=Menu((LEAF,))),)))
            ),
            "menu, key 1, key 2: a menu below a submenu",
        ),
        *(
            (
                with_menu(replace(LEAF, key=key)),
                f"menu, key {key}: {key!r} is no key of a menu (0, 9 and * are the line's own)",
            )
            for key in ("0", "9", "*", "#", "12", "", "a")
        ),
    ],
)
def test_rules_of_the_menu(hall: Hall, what: str) -> None:
    assert told(hall) == [what]


def test_a_matter_and_a_unit_may_not_share_an_id() -> None:
    hall = hall_of()
    both = replace(hall, matters={**hall.matters, MatterId("desk"): hall.matters[BIRTH]})

    assert told(both) == ["unit_code: a matter has the same id, 'desk'"]


def test_what_is_only_odd_does_no_harm() -> None:
    a = person("a", REGISTRY, "1001", deputies=(PersonId("b"),))
    b = person("b", REGISTRY, "1001", deputies=(PersonId("c"),))
    c = person("c", REGISTRY, None, deputies=(PersonId("a"),), announced="")
    hall = hall_of(a, b, c)
    mumbling = replace(hall.matters[DEATH], spoken="Zgon wg art. 5 USC")
    odd = replace(hall, matters={**hall.matters, DEATH: mumbling})

    assert faults(odd) == ()
    assert [(doubt.field, doubt.what) for doubt in doubts(odd)] == [
        ("deputies", "deputies in a circle: a -> b -> c -> a"),
        ("extension", "extension 1001 is that of 'a' too"),
        ("extension", "'c' has no extension and can never be proposed"),
        ("announced", 'how \'c\' stands after "Łączę z" is not known; callers hear "Zgłosi się C"'),
        ("spoken.matters", "a voice may stumble over 'art.'"),
    ]


def test_a_fax_in_the_place_of_a_persons_number_is_told() -> None:
    fax = "+48447327753"
    a = person("a", REGISTRY, "753", direct=fax)
    hall = hall_of(a, person("b", REGISTRY, "53"), languages=("pl",))
    hall = replace(hall, units={**hall.units, REGISTRY: replace(hall.units[REGISTRY], faxes=(fax,))})

    assert faults(hall) == ()
    assert [(doubt.field, doubt.what) for doubt in doubts(hall)] == [
        ("direct", f"a fax answers at {fax}: callers are told the number of the unit instead"),
        ("extension", "extension 753 ends like a fax of 'registry'"),
    ]


@pytest.mark.parametrize(("field", "written"), [("direct", "44 732 77 05"), ("mobile", "601")])
def test_what_cannot_be_dialled_may_not_go_live(field: str, written: str) -> None:
    (fault,) = faults(hall_of(person("a", REGISTRY, "1001", **{field: written})))

    assert fault.field == field


def test_a_language_that_no_clerk_speaks_is_told() -> None:
    jan = person("jan", DESK, "1001")
    ewa = person("ewa", DESK, "1002", languages=("pl", "en-GB"))

    assert [doubt.what for doubt in doubts(hall_of(jan))] == [
        "no clerk speaks 'en': who chooses it talks to whoever is free"
    ]
    assert doubts(hall_of(jan, ewa)) == doubts(hall_of(jan, languages=("pl",))) == ()


def test_key_8_is_free_below_the_first_menu_and_in_a_hall_of_one_language() -> None:
    eight = replace(LEAF, key="8")
    assert faults(with_menu(MenuEntry("1", "Inne", submenu=Menu((eight,))))) == ()
    assert faults(replace(with_menu(eight), languages=("pl",))) == ()
