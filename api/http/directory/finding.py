"""Finding by words: what a citizen says or a clerk types, to the matters, units and people that are meant."""

from dataclasses import dataclass
from typing import Literal

from api.http.parts import Asked, Parts
from directory.find import Answer, Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class HitShown:
    """Something that is meant: `score` 1 is as sure as can be, `marks` say where in the title the words stand."""

    kind: Literal["matter", "unit", "person"]
    id: str
    symbol: str
    title: str
    unit: str
    unit_id: str
    part: str
    score: float
    marks: tuple[tuple[int, int], ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundShown:
    """What was found, best first; if nothing, why, in a Polish sentence, and who settles it if that is known."""

    items: tuple[HitShown, ...]
    nothing: str
    elsewhere: str


async def find(parts: Parts, asked: Asked) -> FoundShown:
    """Find by words."""
    words, limit = asked.values["words"] or "", asked.values["limit"]
    found: Answer = await parts.office.find(words, limit)
    return FoundShown(items=tuple(map(_hit, found.hits)), nothing=found.nothing, elsewhere=found.elsewhere)


def _hit(hit: Hit) -> HitShown:
    return HitShown(
        kind=hit.kind,
        id=hit.id,
        symbol=hit.symbol,
        title=hit.title,
        unit=hit.unit,
        unit_id=hit.unit_id or "",
        part=hit.part,
        score=hit.score,
        marks=hit.marks,
        because=hit.because,
    )
