"""What a prompt is: one sentence of the line."""

from dataclasses import dataclass

from telephony.values import PromptName


@dataclass(frozen=True, slots=True)
class Prompt:
    """One sentence of the line: its name, its Polish text, and what it is for."""

    name: PromptName
    text: str
    purpose: str


def prompts(*rows: tuple[str, str, str]) -> dict[str, Prompt]:
    """Make a catalogue, by name, of rows of name, text and purpose."""
    return {name: Prompt(PromptName(name), text, purpose) for name, text, purpose in rows}
