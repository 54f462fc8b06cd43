"""All sentences of the line for one hall and one caller: `Wording(hall, language)`.

A sentence about a person, a unit, a matter or a number has the id in its name, so that the hall may
replace just that one by a recording. A prompt's name never holds a caller's number.
"""

from callflows.prompts.reasons import REASONS
from callflows.prompts.to_callers import ToCallers
from callflows.prompts.to_officials import ToOfficials
from callflows.prompts.to_staff import ToStaff

__all__ = ["REASONS", "Wording"]


class Wording(ToCallers, ToStaff, ToOfficials):
    """Builds every sentence: the caller's and an official's in their language, the staff's in Polish."""
