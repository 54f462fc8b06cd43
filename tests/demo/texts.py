"""What the demo writes on the screen, in Polish and in English, and how it writes times."""

from dataclasses import dataclass

POLISH, ENGLISH = "pl", "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages; what is *spoken* on the line stays Polish."""

    pl: str
    en: str

    def of(self, language: str) -> str:
        """The words in that language."""
        return self.en if language == ENGLISH else self.pl

    def __add__(self, other: "Text | str") -> "Text":
        """Both one after the other."""
        more = both(other)
        return Text(self.pl + more.pl, self.en + more.en)


def both(text: Text | str) -> Text:
    """A name or a number is the same in both languages."""
    return text if isinstance(text, Text) else Text(text, text)


def figure(value: float, places: int = 1) -> Text:
    """A number, with a decimal comma in Polish."""
    written = f"{value:.{places}f}"
    return Text(written.replace(".", ","), written)


def seconds(value: float) -> Text:
    """A duration or a moment: `2,4 s`."""
    return figure(value) + " s"


def brief(value: float) -> Text:
    """A duration in seconds, as `94 ms` if it is short, else as `2,4 s`."""
    return figure(value * 1000, 0) + " ms" if value < 1 else seconds(value)


def moment(value: float) -> Text:
    """When in the call something was: `(2,4 s)`."""
    return Text("(", "(") + seconds(value) + ")"


def quoted(text: str, *, at_most: int = 0) -> str:
    """Spoken words between quotation marks, shortened at a word if they are longer than `at_most` letters."""
    if at_most and len(text) > at_most:
        text = text[:at_most].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
    return f"„{text}”"


NOTHING = Text("", "")
CITIZEN = Text("mieszkaniec", "citizen")
LINE = Text("linia", "line")
