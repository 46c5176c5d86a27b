"""What operators watch about deliveries. Never an address or an id in a label."""

from prometheus_client import Counter, Gauge, Histogram

from shared.metrics import SECONDS

deliveries = Counter("caker_deliveries_total", "messages that ended, and tries put off", ["channel", "lane", "state"])
event_to_provider = Histogram(
    "caker_event_to_provider_seconds",
    "from an event's birth to the provider's acceptance",
    ["channel", "lane"],
    buckets=SECONDS,
)
waiting = Gauge("caker_messages_waiting", "messages not ended yet (counted up to 100,000)", ["lane"])
breaker = Gauge("caker_provider_breaker", "1 while a provider is left alone after failing", ["channel", "lane"])
