"""A soak of a few calls, so that the soak itself is known to work: everything is measured but memory."""

from pathlib import Path

from tests.soak.run import Wanted, report, soak


async def test_a_few_calls_of_every_kind_balance(tmp_path: Path) -> None:
    """Warmed up by nothing, memory and threads still grow: how much is for a soak of thousands to say.

    So is how many talks are proven late on a busy machine: a hundredth is allowed, which of these is one.
    """
    wanted = Wanted(
        calls=20,
        rate=4.0,
        at_once=12,
        concurrent=0,
        database="sqlite",
        warm_up=0,
        kept=tmp_path,
        settle=0.2,
    )
    soaked = await soak(wanted, lambda _: None)
    grows = ("memory of the service, MiB", "threads of the service", "descriptors of the service")
    wrong = [row for row in soaked.rows if not row.ok and row.what not in grows]
    late = [row for row in wrong if row.what == "talks heard, and not proven in time" and row.end <= 1]
    assert wrong == late, report(wanted, soaked)
