"""The OpenAPI document: every route of the table, and nothing else, with what it takes and what it answers."""

from api.http.openapi import document
from api.http.routes import ROUTES
from tests.api.conftest import Served


def test_every_route_is_described_and_nothing_else() -> None:
    made = document(ROUTES, version="1")
    described = {(path, method) for path, methods in made["paths"].items() for method in methods}
    assert described == {(route.path, route.method.value.lower()) for route in ROUTES}
    names = [each["operationId"] for methods in made["paths"].values() for each in methods.values()]
    assert len(names) == len(set(names))
    assert made["openapi"] == "3.1.0"


def test_a_command_says_what_it_takes_and_answers() -> None:
    made = document(ROUTES, version="1")
    transfer = made["paths"]["/api/calls/{id}/transfer"]["post"]
    assert transfer["requestBody"] == {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Transfer"}}},
    }
    assert set(transfer["responses"]) == {
        str(status) for status in (202, 400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
    }
    hold = made["paths"]["/api/calls/{id}/hold"]["post"]
    assert "requestBody" not in hold
    assert set(hold["responses"]) == {str(status) for status in (202, 400, 401, 403, 404, 409, 413, 429, 503)}
    parts = [each["$ref"].rpartition("/")[2] for each in made["components"]["schemas"]["Transfer"]["oneOf"]]
    assert parts == ["ToPerson", "ToUnit", "ToMatter", "ToExtension"]
    assert all(made["components"]["schemas"][part]["additionalProperties"] is False for part in parts)


async def test_it_is_served_to_all(served: Served) -> None:
    assert await served.get("/openapi.json", None) == document(ROUTES, version="1.2.3")
