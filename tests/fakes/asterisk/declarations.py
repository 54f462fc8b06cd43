"""The API description that the fake Asterisk serves: Swagger 1.1, only the operations that our code uses.

aioari builds its client out of it. One row of the table is one operation; the same table routes requests.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation: where it stands (`path`, `query`, `body`) and whether it must."""

    name: str
    stands: str
    required: bool = False
    many: bool = False

    def described(self) -> dict[str, Any]:
        """As Swagger has it."""
        return {
            "name": self.name,
            "paramType": self.stands,
            "required": self.required,
            "allowMultiple": self.many,
            "dataType": "containers" if self.stands == "body" else "string",
        }


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: a method on a path, known to aioari as `resource.nickname`."""

    resource: str
    nickname: str
    method: str
    path: str
    answers: str
    parameters: tuple[Parameter, ...] = ()
    websocket: bool = False

    def described(self) -> dict[str, Any]:
        """As Swagger has it."""
        inside = [
            Parameter(part[1:-1], "path", required=True) for part in self.path.split("/") if "{" in part
        ]
        upgrade = {"upgrade": "websocket", "websocketProtocol": "ari"} if self.websocket else {}
        return {
            "httpMethod": self.method,
            "nickname": self.nickname,
            "summary": self.nickname,
            "responseClass": self.answers,
            "parameters": [parameter.described() for parameter in (*inside, *self.parameters)],
            **upgrade,
        }


def _query(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name.strip("!"), "query", required=name.endswith("!")) for name in names)


_MEDIA = Parameter("media", "query", required=True, many=True)
_PLAY = (_MEDIA, *_query("lang", "offsetms", "skipms"))
_ORIGINATE = _query(
    "endpoint!", "extension", "context", "priority", "label", "app", "appArgs", "callerId", "timeout",
    "otherChannelId", "originator", "formats",
)  # fmt: skip

_C, _B, _P = "channels", "bridges", "playbacks"
_ONE, _BRIDGE, _PLAYBACK = "/channels/{channelId}", "/bridges/{bridgeId}", "/playbacks/{playbackId}"

OPERATIONS = (
    Operation(_C, "list", "GET", "/channels", "List[Channel]"),
    Operation(_C, "get", "GET", _ONE, "Channel"),
    Operation(_C, "originateWithId", "POST", _ONE, "Channel", (*_ORIGINATE, Parameter("variables", "body"))),
    Operation(_C, "hangup", "DELETE", _ONE, "void", _query("reason_code", "reason")),
    Operation(_C, "continueInDialplan", "POST", f"{_ONE}/continue", "void", _query("context", "extension")),
    Operation(_C, "answer", "POST", f"{_ONE}/answer", "void"),
    Operation(_C, "ring", "POST", f"{_ONE}/ring", "void"),
    Operation(_C, "setChannelVar", "POST", f"{_ONE}/variable", "void", _query("variable!", "value")),
    Operation(_C, "transfer_progress", "POST", f"{_ONE}/transfer_progress", "void", _query("states!")),
    Operation(_C, "playWithId", "POST", f"{_ONE}/play/{{playbackId}}", "Playback", _PLAY),
    Operation(_C, "startMoh", "POST", f"{_ONE}/moh", "void", _query("mohClass")),
    Operation(_C, "stopMoh", "DELETE", f"{_ONE}/moh", "void"),
    Operation(_C, "rtpstatistics", "GET", f"{_ONE}/rtp_statistics", "RTPstat"),
    Operation(_B, "list", "GET", "/bridges", "List[Bridge]"),
    Operation(_B, "get", "GET", _BRIDGE, "Bridge"),
    Operation(_B, "createWithId", "POST", _BRIDGE, "Bridge", _query("type", "name")),
    Operation(_B, "destroy", "DELETE", _BRIDGE, "void"),
    Operation(_B, "addChannel", "POST", f"{_BRIDGE}/addChannel", "void", _query("channel!", "role")),
    Operation(_B, "removeChannel", "POST", f"{_BRIDGE}/removeChannel", "void", _query("channel!")),
    Operation(_B, "playWithId", "POST", f"{_BRIDGE}/play/{{playbackId}}", "Playback", _PLAY),
    Operation(_P, "get", "GET", _PLAYBACK, "Playback"),
    Operation(_P, "stop", "DELETE", _PLAYBACK, "void"),
    Operation("applications", "get", "GET", "/applications/{applicationName}", "Application"),
    Operation("applications", "filter", "PUT", "/applications/{applicationName}/eventFilter", "Application"),
    Operation("endpoints", "listByTech", "GET", "/endpoints/{tech}", "List[Endpoint]"),
    Operation("asterisk", "getInfo", "GET", "/asterisk/info", "AsteriskInfo"),
    Operation("asterisk", "getModule", "GET", "/asterisk/modules/{moduleName}", "Module"),
    Operation(
        "events",
        "eventWebsocket",
        "GET",
        "/events",
        "Message",
        _query("app!", "subscribeAll"),
        websocket=True,
    ),
)


def resources() -> list[str]:
    """The resources that have operations, in order."""
    return list(dict.fromkeys(operation.resource for operation in OPERATIONS))


def listing(base: str) -> dict[str, Any]:
    """`resources.json`; `base` is the address of `/ari` as the client sees it."""
    apis = [
        {"path": f"/api-docs/{name}.{{format}}", "description": f"{name} operations"} for name in resources()
    ]
    return {"apiVersion": "8.0.0", "swaggerVersion": "1.1", "basePath": base, "apis": apis}


def declaration(resource: str, base: str) -> dict[str, Any]:
    """The declaration of one resource."""
    paths: dict[str, list[dict[str, Any]]] = {}
    for operation in OPERATIONS:
        if operation.resource == resource:
            paths.setdefault(operation.path, []).append(operation.described())
    return {
        "apiVersion": "8.0.0",
        "swaggerVersion": "1.1",
        "basePath": base,
        "resourcePath": f"/api-docs/{resource}.{{format}}",
        "apis": [
            {"path": path, "description": path, "operations": operations}
            for path, operations in paths.items()
        ],
        "models": {},
    }
