"""The OpenAPI 3.1 document, generated from the table of routes and the shapes of answers."""

from collections.abc import Mapping, Sequence
from http import HTTPMethod
from typing import Any

from pydantic import TypeAdapter

from api.http.body import JSON
from api.http.parameters import Parameter
from api.http.problems import CONTENT_TYPE
from api.http.route import Route
from api.tokens import Scope

IN_PATHS = {
    "id": "The call's id",
    "person": "The person's id in the directory",
    "unit": "The unit's id",
    "matter": "The matter's id",
    "subject": "The id of a matter or a unit",
    "absence": "The absence's id",
    "task": "The hygiene task's id",
    "version": "The number of a save of the directory",
}

USUAL_ERRORS = {
    400: "The query or the body cannot be understood; the sentence says why",
    401: "No token, or none that is valid",
    403: "The token's scope does not include this",
    429: "Too many wrong tokens from this address",
    503: "The records cannot be read at present",
}


def document(routes: Sequence[Route], *, version: str) -> dict[str, Any]:
    """The document for these routes."""
    schemas = _schemas(routes)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Halo Urząd",
            "version": version,
            "description": "What happens on a city hall's telephone line, and commands to it. Numbers, names and "
            "spoken texts are masked unless the token's scope is read:personal or desk. Times are RFC 3339, "
            "durations in seconds. A command is answered with 202 and an id; its result arrives as the fact "
            "`command_answered` with that id on /api/events.",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "paths": _paths(routes),
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": f"A token of `halo token create`; scopes: {_scopes()}.",
                }
            },
        },
    }


def _paths(routes: Sequence[Route]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    named = {route.name: route for route in routes}
    for route in routes:
        operation = paths.setdefault(route.path, {})[route.method.value.lower()] = _operation(route)
        if route.leads_to:
            success = operation["responses"][str(route.status.value)]
            success["links"] = {name: _link(named[name], at) for name, at in route.leads_to.items()}
    return paths


def _link(route: Route, pointer: str) -> dict[str, Any]:
    """How to come to a route from an answer that has the id for its path (OpenAPI 3.1 §4.8.20)."""
    (name,) = route.in_path
    return {
        "operationId": route.name,
        "description": route.summary,
        "parameters": {name: f"$response.body#{pointer}"},
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": [
            *_path_parameters(route),
            *map(_parameter, route.parameters),
            *({**_parameter(each), "in": "header"} for each in route.headers),
        ],
        "responses": _responses(route),
        "security": [] if route.scope is None else [{"token": []}],
    }
    if route.body is not None:
        schema = {"$ref": f"#/components/schemas/{route.body.name}"}
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    if route.scope is not None:
        operation["description"] = f"Needs a token with the scope `{route.scope.value}`."
    return operation


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    schema = {"type": "string", "minLength": 1}
    return [
        {"name": name, "in": "path", "required": True, "description": IN_PATHS[name], "schema": schema}
        for name in route.in_path
    ]


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.what}: {parameter.must}.",
        "schema": dict(parameter.schema),
    }
    if parameter.schema["type"] == "array":
        described |= {"style": "form", "explode": False}
    return described


def _responses(route: Route) -> dict[str, Any]:
    body: Mapping[str, Any] = {"type": "string"}
    if route.answer is not None:
        body = {"$ref": f"#/components/schemas/{route.answer.__name__}"}
    responses = {str(route.status.value): _response(route.summary, route.content, body)}
    problem = {"$ref": "#/components/schemas/Problem"}
    for status, what in {**_errors(route), **route.also}.items():
        # What is not ready says so in the shape of its answer, with every check.
        if route.answer is not None and status == 503 and route.scope is None:
            responses[str(status)] = _response(what, route.content, body)
        else:
            responses[str(status)] = _response(what, CONTENT_TYPE, problem)
    return responses


def _errors(route: Route) -> dict[int, str]:
    """The errors that every route of its kind may answer with."""
    errors = dict(USUAL_ERRORS) if route.scope is not None else {400: USUAL_ERRORS[400]}
    if route.method is not HTTPMethod.GET:
        errors[413] = "The body is too large"
    if route.body is not None:
        errors[415] = "The body is not declared to be JSON"
    return errors


def _response(what: str, content: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": what, "content": {content: {"schema": schema}}}


def _schemas(routes: Sequence[Route]) -> dict[str, Any]:
    answers = {route.answer for route in routes if route.answer is not None}
    bodies = {route.body for route in routes if route.body is not None}
    made, rest = TypeAdapter.json_schemas(
        [
            *((shape.__name__, "serialization", TypeAdapter(shape)) for shape in answers),
            *((body.name, "validation", body.adapter) for body in bodies),
        ],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = dict(rest.get("$defs", {}))
    for (name, _), schema in made.items():
        if "$ref" not in schema:
            schemas[str(name)] = schema
    schemas["Problem"] = {
        "type": "object",
        "description": "An error in one sentence (RFC 9457).",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "One sentence that says what to do."},
        },
    }
    return schemas


def _scopes() -> str:
    return ", ".join(scope.value for scope in Scope)
