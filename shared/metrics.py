"""What operators watch: one registry per process, shown at `/metrics`. Never an id in a label."""

from prometheus_client import Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3600)

outbox_oldest = Gauge("caker_outbox_oldest_seconds", "age of the oldest event not yet on the bus")
outbox_pending = Gauge("caker_outbox_pending", "documents with events not yet on the bus (counted up to 10,000)")
relayed = Counter("caker_relayed_total", "events published by the relay", ["topic"])
consumer_lag = Gauge("caker_consumer_lag", "records not yet handled", ["topic"])
progress_age = Gauge("caker_progress_age_seconds", "seconds since the consumer last moved while it had lag")
waiting = Gauge("caker_waiting", "1 while the process waits for this dependency", ["dependency"])
consumed = Counter("caker_consumed_total", "records handled", ["type", "outcome"])
dead_letters = Counter("caker_dead_letters_total", "records put aside", ["topic", "reason"])
event_to_effect = Histogram(
    "caker_event_to_effect_seconds", "from an event's birth to its effect here", ["type"], buckets=SECONDS
)
requests = Counter("caker_http_requests_total", "answers", ["route", "method", "status"])
request_seconds = Histogram("caker_http_seconds", "time to answer", ["route"], buckets=SECONDS)
build_info = Gauge("caker_build_info", "what runs here", ["service", "role", "version"])


def exposition() -> tuple[bytes, str]:
    """The registry as text, and its content type."""
    return generate_latest(), CONTENT_TYPE_LATEST
