"""Styles and scripts: our own, and htmx as its package brings it, under addresses that name their content.

An address with a hash never changes its meaning, so browsers keep it for a year; a new version has a new address.
htmx is not ours and not in this repository: a package carries it, which script/setup installs (htmx.txt, ADR 0029).
Without it pages lose nothing but their comfort: every form and every link works without scripts.
"""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from aiohttp import web

log = logging.getLogger(__name__)

PREFIX = "/static"
OWN = Path(__file__).parent / "static"
CARRIER = "django_htmx"
CARRIED = {"htmx.js": "htmx-2.min.js", "sse.js": "ext/hx-sse-2.min.js"}
"""Ours by the name in the package."""
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent."""

    path: str
    content_type: str
    body: bytes


@cache
def static_files() -> Mapping[str, File]:
    """Every file by its name, read once."""
    found = {path.name: path.read_bytes() for path in sorted(OWN.iterdir()) if path.suffix in TYPES}
    if (package := find_spec(CARRIER)) is not None and package.origin is not None:
        carried = Path(package.origin).parent / "static" / CARRIER
        found |= {name: (carried / inside).read_bytes() for name, inside in CARRIED.items()}
    else:
        log.warning("htmx is not installed, so pages do not change while one looks at them: run script/setup")
    return {
        name: File(
            path=f"{PREFIX}/{hashlib.sha256(body).hexdigest()[:16]}/{name}",
            content_type=TYPES[Path(name).suffix],
            body=body,
        )
        for name, body in found.items()
    }


def static(name: str) -> str:
    """The address of a file, for templates."""
    return static_files()[name].path


def scripts() -> list[str]:
    """The addresses of the scripts that every page loads, in their order."""
    return [static_files()[name].path for name in (*CARRIED, "halo.js") if name in static_files()]


def add_static(app: web.Application) -> None:
    """Serve the files."""
    by_path = {file.path: file for file in static_files().values()}

    async def serve(request: web.Request) -> web.Response:
        file = by_path.get(request.path)
        if file is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": FOR_EVER}
        return web.Response(body=file.body, content_type=file.content_type, charset="utf-8", headers=headers)

    app.router.add_get(PREFIX + "/{mark}/{name}", serve, name="static")
