"""The published language as files: schemas, full and least samples, AsyncAPI, OpenAPI. Generated, committed,
compared; `documents()` says what each file must contain."""

import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import yaml
from pydantic_asyncapi.base import Reference
from pydantic_asyncapi.v3 import AsyncAPI, Channel, Info, Message, Operation

import shared.contracts
from shared.events import REGISTRY, Event
from shared.testing import TEST_KEY
from tests.contracts.samples import full, least

ROOT = Path(__file__).parents[2]
CONTRACTS = ROOT / "shared" / "contracts"
SERVICES = ("identity", "vacancy", "seeker", "application", "notifier", "training")
WRITERS = {
    "identity": "identity",
    "identity-contact": "identity",
    "identity-code": "identity",
    "identity-notice": "identity",
    "notification": "notifier",
    "employer": "vacancy",
    "employer-contact": "vacancy",
    "vacancy": "vacancy",
    "seeker": "seeker",
    "seeker-contact": "seeker",
    "application": "application",
    "training": "training",
    "answer": "application",
    "province.35.vacancy": "province.35",
    "province.35.request": "province.35",
    "province.35.receipt": "vacancy",
    "province.35.outbound": "vacancy",
}


def event_types() -> dict[str, type[Event]]:
    """Every contract by wire type; importing the modules is what registers them."""
    for module in pkgutil.iter_modules(shared.contracts.__path__):
        importlib.import_module(f"shared.contracts.{module.name}")
    return {name: kind for name, kind in sorted(REGISTRY.items()) if kind.__module__.startswith("shared.contracts.")}


def documents() -> dict[Path, str]:
    """Path → content of every generated file."""
    found: dict[Path, str] = {}
    for name, kind in event_types().items():
        schema = kind.model_json_schema(mode="serialization")
        found[CONTRACTS / "schemas" / f"{name}.json"] = _json(schema)
        found[CONTRACTS / "samples" / f"{name}.full.json"] = _json(full(kind))
        found[CONTRACTS / "samples" / f"{name}.least.json"] = _json(least(kind))
    found[CONTRACTS / "asyncapi.yaml"] = _asyncapi()
    for service in SERVICES:
        found[ROOT / "services" / service / "openapi.json"] = _json(openapi(service))
    return found


def openapi(service: str) -> dict[str, Any]:
    """The OpenAPI document of a service, from its routes, without a store or a broker."""
    main = importlib.import_module(f"services.{service}.main")
    settings = importlib.import_module(f"services.{service}.settings")
    kind = getattr(settings, f"{service.capitalize()}Settings")
    given = {"sms_url": "http://sms.invalid/sms", "sms_token": "none"} if service == "notifier" else {}
    keys = dict.fromkeys(("master_key", "index_key", "paper_key"), TEST_KEY)
    app, client = main.application(kind(service=service, **keys, **given))
    client.close()
    document: dict[str, Any] = app.openapi()
    return document


def _asyncapi() -> str:
    channels: dict[str, Channel | Reference] = {}
    operations: dict[str, Operation | Reference] = {}
    for name, kind in event_types().items():
        channel = channels.setdefault(kind.topic, Channel(address=kind.topic, messages={}))
        assert isinstance(channel, Channel)
        assert channel.messages is not None
        channel.messages[name] = Message(
            name=name,
            title=kind.__name__,
            summary=(kind.__doc__ or "").strip(),
            contentType="application/cloudevents+json",
            payload=Reference(ref=f"./schemas/{name}.json"),
        )
        operations[f"publish-{name}"] = Operation(
            action="send",
            channel=Reference(ref=f"#/channels/{kind.topic}"),
            messages=[Reference(ref=f"#/channels/{kind.topic}/messages/{name}")],
            description=f"by {WRITERS[kind.topic]}",
        )
    document = AsyncAPI(
        asyncapi="3.0.0",
        info=Info(
            title="Si-Caker events",
            version="1",
            description="CloudEvents 1.0; `subject` is the aggregate's id and the Kafka key.",
        ),
        channels=channels,
        operations=operations,
    )
    plain = json.loads(document.model_dump_json(by_alias=True, exclude_none=True, exclude_unset=True))
    return str(yaml.safe_dump(plain, sort_keys=True, allow_unicode=True))


def _json(document: Any) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
