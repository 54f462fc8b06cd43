"""The catalogue of prompts: every sentence the line can say, to callers and to staff.

A prompt without slots can be replaced by a studio recording named `<name>.wav` (in English `en/<name>.wav`); one that
is said of a person, a unit or a matter carries its id in the name (`announce.person.<id>`), so that it can be too.
"""

from callflows.prompts.callers import TO_CALLERS
from callflows.prompts.officials import TO_OFFICIALS
from callflows.prompts.staff import TO_STAFF

ALWAYS_IN = {"menu.english": "en", "menu.polish": "pl"} | dict.fromkeys(TO_STAFF, "pl")
"""The sentences that do not follow the caller's language."""

CATALOGUE = TO_CALLERS | TO_STAFF | TO_OFFICIALS
"""Every prompt by its name."""
