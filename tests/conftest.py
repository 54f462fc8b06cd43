"""What every test may use: a real Asterisk, a real PostgreSQL."""

import asyncio

pytest_plugins = ["tests.pbx.fixtures", "tests.office.fixtures"]

# looptime asks for the current event loop around plain tests too; without this line the policy would make one
# for it that nobody closes, and some later test would fail for the warning about it.
asyncio.set_event_loop(None)
