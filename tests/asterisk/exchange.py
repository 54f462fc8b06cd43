"""An Asterisk whose dialplan has a few numbers more, for trying actors on: no service, and nothing of the hall."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.pbx.asterisk import Pbx

MODULES = ("func_global.so",)
"""What the hall's own dialplan does without."""


@contextmanager
def exchange(numbers: str) -> Iterator[Pbx]:
    """An Asterisk of one's own; `numbers` is a context [kit], reached from the city, by phones and by REFER."""
    dialled = sorted(
        {line.split(",")[0][9:] for line in numbers.splitlines() if line.startswith("exten => 9")}
    )
    ways = "".join(f"exten => {number},1,Goto(kit,{number},1)\n" for number in dialled)
    pbx = Pbx()
    settings = pbx.directory / "etc"
    with (settings / "extensions.conf").open("a") as extensions:
        extensions.write(f"\n[kit]\n{numbers}\n[from-city]\n{ways}\n[from-phones]\n{ways}")
    with (settings / "modules.conf").open("a") as modules:
        modules.writelines(f"load = {module}\n" for module in MODULES)
    sip = settings / "pjsip.conf"
    by_itself = sip.read_text().replace(
        "PJSIP_TRANSFER_HANDLING()=ari-only", "PJSIP_TRANSFER_HANDLING()=core"
    )
    sip.write_text(by_itself.replace("TRANSFER_CONTEXT=nowhere", "TRANSFER_CONTEXT=kit"))
    with pbx:
        yield pbx
