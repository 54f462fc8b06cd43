"""The languages that RHVoice speaks for us: their voices, in the order of our choice, and what they must not be.

Licences as in Debian's copyright file of the packages (1.14): Natan and Michal are in the public domain, Alicja and
Magda CC-BY-4.0; Slt is under the licence of CMU ARCTIC (free for any purpose, its notice kept); Clb, Bdl and Alan are
not named there, so the rule for all other data counts, GPL-2+.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CONFIG = Path(__file__).parent / "rhvoice"
"""Our own configuration folder of RHVoice: how it says words that it would get wrong, by language."""

_NO_PRODUCT = "its licence (CC-BY-NC-ND-4.0) forbids commercial use and changed sound"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as the engines know it."""

    code: str
    """BCP 47, as in `Words.language`."""
    name: str
    voices: tuple[str, ...]
    """The voices that we may use, the default one first."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Voices that the package installs too, and why they must not speak on a hall's line."""

    @property
    def package(self) -> str:
        """The Debian package of its voices."""
        return f"rhvoice-{self.name.lower()}"

    @property
    def dictionary(self) -> Path:
        """Words that the voice would get wrong, in the syntax of RHVoice's user dictionary; there may be none."""
        return CONFIG / "dicts" / self.name / "halo.txt"


POLISH = Tongue("pl", "Polish", ("Natan", "Alicja", "Michal", "Magda"), {"Cezary": _NO_PRODUCT})
ENGLISH = Tongue(
    "en",
    "English",
    ("Slt", "Clb", "Bdl", "Alan"),
    {"Evgeniy-Eng": _NO_PRODUCT, "Lyubov": _NO_PRODUCT},
)


def why_not(voice: str, tongue: Tongue, installed: tuple[str, ...]) -> str:
    """One sentence for the administrator on why that voice does not speak."""
    use = f"use one of {', '.join(installed)}"
    if voice in tongue.refused:
        return f"the voice {voice} is refused: {tongue.refused[voice]}; {use}"
    return f"RHVoice has no voice {voice} here; {use}"
