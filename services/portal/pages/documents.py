"""The public API, readable: each service's OpenAPI as a page, with the raw file beside it."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Response

from services.portal.client import Json, Refused
from services.portal.visit import Visiting

router = APIRouter(include_in_schema=False)
SERVICES = ("identity", "vacancy", "seeker", "application", "notifier")
METHODS = ("get", "post", "put", "patch", "delete")


@router.get("/docs")
@router.get("/docs/")
async def index(visit: Visiting) -> Response:
    return visit.page("pages/docs.html", services=SERVICES)


@router.get("/docs/{service}")
async def service(visit: Visiting, service: str) -> Response:
    if service not in SERVICES:
        raise Refused(404, {})
    document = await visit.portal.api.document(f"/docs/{service}/openapi.json", voice=visit.voice)
    routes = list(operations(document))
    return visit.page("pages/docs_service.html", service=service, routes=routes)


def operations(document: Json) -> Iterator[dict[str, Any]]:
    """Each operation with its parameters, body and answers as rows of plain text."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield _operation(document, path, method, item[method])


def _operation(document: Json, path: str, method: str, found: Json) -> dict[str, Any]:
    content = (found.get("requestBody") or {}).get("content", {})
    schema: Json = next((each.get("schema", {}) for each in content.values()), {})
    answers = {code: each.get("description", "") for code, each in found.get("responses", {}).items()}
    return {
        "id": found.get("operationId") or f"{method}-{path}",
        "method": method.upper(),
        "path": path,
        "summary": found.get("summary", ""),
        "text": found.get("description", ""),
        "parameters": [
            _parameter(each) for each in found.get("parameters", []) if each["name"].lower() != "authorization"
        ],
        "fields": list(_fields(_resolved(document, schema))),
        "answers": {code: text for code, text in answers.items() if code[0] != "4" and code[0] != "5"},
    }


def _parameter(found: Json) -> dict[str, Any]:
    kind = _type(found.get("schema", {}))
    return {"name": found["name"], "kind": found["in"], "type": kind, "text": found.get("description", "")}


def _fields(schema: Json) -> Iterator[dict[str, Any]]:
    needed = set(schema.get("required", ()))
    for name, each in schema.get("properties", {}).items():
        yield {"name": name, "needed": name in needed, "type": _type(each), "text": each.get("description", "")}


def _resolved(document: Json, schema: Json) -> Json:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: Json = document.get("components", {}).get("schemas", {}).get(name, schema) if name else schema
    return found


def _type(schema: Json) -> str:
    """`string`, `integer`, `list of string`, `seeker | employer`, or the name of a model."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " | ".join(dict.fromkeys(_type(each) for each in schema[key]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "any")
