"""JSON logs on stdout with an allowlist of fields, and the correlation id that joins a request, its events
and what they cause. Nothing personal can get in: unknown keys are dropped and errors lose their text."""

import logging
import sys
import traceback
from contextvars import ContextVar
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

correlation: ContextVar[str | None] = ContextVar("correlation", default=None)
causation: ContextVar[str | None] = ContextVar("causation", default=None)
traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)

ALLOWED = frozenset(
    name
    for line in (
        "ts level service role event event_type event_id aggregate correlation trace route method status ms",
        "logger dependency topic partition offset group count error at code channel lane template state port",
        "version seconds kind",
    )
    for name in line.split()
)


def configure(*, service: str, role: str, level: str = "INFO") -> None:
    """Set up logging for this process; called once from the composition root."""

    def stamp(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event.update(service=service, role=role)
        if found := correlation.get():
            event.setdefault("correlation", found)
        if trace := traceparent.get():
            event.setdefault("trace", trace)
        return event

    chain: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
        stamp,
        _name_errors,
        _allow,
    ]
    structlog.configure(
        processors=[*chain, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stdout),
        cache_logger_on_first_use=True,
    )
    _adopt_standard_logging(chain)


def get() -> Any:
    return structlog.get_logger()


def _adopt_standard_logging(chain: list[structlog.typing.Processor]) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=[structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(), *chain],
        )
    )
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers, logging.getLogger(name).propagate = [], True
    # Broker outages are told once, by `shared.kafka` as a waiting dependency; the client repeats each try.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)


def _name_errors(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """An exception's text may quote what a person typed: keep its class and the place, drop the text."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        event["at"] = " < ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in frames[::-1])
    elif isinstance(event.get("error"), BaseException):
        event["error"] = type(event["error"]).__name__
    return event


def _allow(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}
