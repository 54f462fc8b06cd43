"""A journal that takes no last words: what stories state while the service goes is not true of the callers.

They stay on the line for the next process. A story that is cancelled tidies up after itself as if the caller's wait, or
the transfer, had been broken off; on record that would be an end, and the next process would not go on with it. So an
orderly stop leaves the very record that a kill leaves, and there is one thing to resume from, not two.
"""

from callflows.facts import Fact
from callflows.ports import Journal
from telephony.call import Line


class UntilLeaving:
    """Hands facts on for as long as the line is served."""

    def __init__(self, journal: Journal, line: Line) -> None:
        self._journal, self._line = journal, line

    def state(self, fact: Fact) -> None:
        """Take a fact for the record, unless the line is being left."""
        if not self._line.leaving:
            self._journal.state(fact)
