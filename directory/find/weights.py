"""What finding is tuned by: figures, each with what it says. How they were chosen is told in ADR 0025."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What the ranking is tuned by; the figures were chosen on the tune half of our phrases alone (ADR 0025)."""

    concept: float = 0.85
    """A word of the same concept instead of the same word."""
    begun: float = 0.8
    """A word that is only begun."""
    typo: float = 0.75
    """A word with a typing error."""
    unknown: tuple[float, ...] = (2.5, 2.5, 1.0, 0.5)
    """The weight of a word that nothing in the hall has, by how many others a phrase has: where several words of a
    story agree, those that nobody knows matter less."""
    told: float = 0.3
    """The share of that weight that a word has which looks like a verb of a story ("poszedłem")."""
    general: float = 0.8
    """What a phrase of one word is worth that has only a word of the same concept."""
    elsewhere: float = 4.0
    """The weight of a word that speaks of something no hall does."""
    phrase: float = 0.8
    """The share of the best phrase in the score; the rest is what the subject covers."""
    recall: float = 1.0
    """How many times more it matters that the phrase covers the question than the other way round."""
    against: tuple[float, ...] = (0.6, 0.6, 0.5, 0.4)
    """How much a question that speaks of something else loses, by how many words the phrase has of it."""
    core: float = 0.2
    """How much is lost where nothing is said of what nearly every phrase of the subject speaks of."""
    unit: float = 0.95
    """What a unit is worth beside a matter that fits as well."""


TUNED = Weights()
