"""A light stemmer for Polish words without diacritics: what citizens type has none as often as not.

It takes off the longest ending that leaves three letters, and makes equal what inflection changes at the end of
a stem (Polsce and Polska, drodze and droga, wózek and wózka). It is no linguist: "kupno" and "kupić" stay two
stems; that such words belong together is told by the concepts (`directory.find.lexicon`).
"""

from functools import lru_cache

SHORTEST = 3
"""Letters that a stem keeps."""

_ENDINGS = (
    "lismy lysmy liscie lyscie laby lbym labym loby "
    "owaniem owania owaniu owanie owalem owalam owali owala owano owac owal "
    "ujemy ujecie ujesz ujac ujacy ujaca ujac uje uja "
    "aniami eniami aniem eniem ania aniu anie enia eniu enie eniach aniach "
    "iejszego iejszej iejszy iejsza iejsze "
    "owego owemu owych owymi owym owej owy owa owe "
    "onego onemu onych onymi onym onej ony ona one "
    "anego anemu anych anymi anym anej any ana ane "
    "iego iemu ego emu ymi imi ych ich ej iej ym im "
    "ilem ilam ylem ylam alem alam ela elem elam il yl al ila yla ala ili yli ali lo ilo alo ylo iles ilas "
    "amy imy ymy emy asz isz esz ysz "
    "iami ami iach ach iow ow iom om iem em ie ia iu io iac iec ic yc ac ec "
    "y i a e o u"
)


def _by_length() -> tuple[tuple[int, frozenset[str]], ...]:
    endings = set(_ENDINGS.split())
    lengths = sorted({len(ending) for ending in endings}, reverse=True)
    return tuple((size, frozenset(one for one in endings if len(one) == size)) for size in lengths)


_TABLE = _by_length()


@lru_cache(maxsize=16384)
def stem(folded: str) -> str:
    """Return the stem of a folded word; a short word, and one with figures, is its own."""
    if len(folded) <= SHORTEST or not folded.isalpha():
        return folded
    for size, endings in _TABLE:
        if len(folded) - size >= SHORTEST and folded[-size:] in endings:
            return _levelled(folded[:-size])
    return _levelled(folded)


def _levelled(root: str) -> str:
    """Make the end of a stem the same in all cases."""
    if len(root) > 4 and root.endswith("ek"):
        root = root[:-2] + "k"
    if len(root) > SHORTEST and root.endswith(("dz", "rz", "sz", "cz")):
        root = root[:-2] + {"d": "g", "r": "r", "s": "ch", "c": "c"}[root[-2]]
    if len(root) > SHORTEST and root[-1] in "ji":
        root = root[:-1]
    return root[:-1] + "c" if root.endswith("k") else root
