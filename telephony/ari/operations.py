"""Asterisk's operations as its own API description tells of them; aioari has fetched it, and each is read once.

aioswagger's `Operation` reads its description anew for each command, and writes every parameter twice, once for a log
that nobody has switched on (docs/adr/0020).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

KEPT = "/:,"
"""Characters that need no disguise in a query: they stand in paths of clips and in lists."""


class Question(NamedTuple):
    """What is sent: the method, the resource with its query, and the body, empty if there is none."""

    method: str
    resource: str
    body: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its method, its path, and where each parameter goes."""

    name: str
    method: str
    path: str
    places: Mapping[str, str]
    """Parameter to "path", "query" or "body"."""
    required: frozenset[str]

    @classmethod
    def of(cls, uri: str, described: Mapping[str, Any]) -> "Operation":
        """Read what Asterisk says of it. `uri` names the host that it believes itself to be: only the path is kept."""
        parameters = described.get("parameters", ())
        return cls(
            described["nickname"],
            described["httpMethod"],
            path_of(uri),
            {one["name"]: one["paramType"] for one in parameters},
            frozenset(one["name"] for one in parameters if one["required"]),
        )

    def asks(self, given: Mapping[str, object]) -> Question:
        """The question with these parameters. Raises TypeError if they do not fit."""
        path = self.path
        query: list[str] = []
        body: dict[str, object] = {}
        for name, value in given.items():
            match self.places.get(name):
                case "path":
                    path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
                case "query":
                    text = ",".join(value) if isinstance(value, list) else str(value)
                    query.append(f"{name}={quote(text, safe=KEPT)}")
                case "body":
                    body[name] = value
                case _:
                    raise TypeError(f"Asterisk's '{self.name}' has no parameter '{name}'.")
        if not self.required <= given.keys():
            raise TypeError(f"Asterisk's '{self.name}' needs {sorted(self.required - given.keys())}.")
        resource = f"{path}?{'&'.join(query)}" if query else path
        return Question(self.method, resource, json.dumps(body) if body else "")


def path_of(url: str) -> str:
    """The path of an address, from `/ari/` on: it is asked of the configured host, whatever the address names."""
    begins = url.find("/ari/")
    return url[begins:] if begins >= 0 else urlsplit(url).path
