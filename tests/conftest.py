"""What every test may use: a real Asterisk, a real PostgreSQL; and how hypothesis draws its examples."""

import asyncio

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.pbx.fixtures", "tests.office.fixtures"]

# looptime asks for the current event loop around plain tests too; without this line the policy would make one
# for it that nobody closes, and some later test would fail for the warning about it.
asyncio.set_event_loop(None)

# The same examples everywhere, so that a change is judged by what it changes; and a busy machine is no failure.
# New examples, ten times as many, are looked for by `script/test tests/unit --hypothesis-profile=search`.
HOUSE = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", HOUSE)
settings.register_profile("search", HOUSE, derandomize=False, max_examples=1000)
settings.load_profile("house")
