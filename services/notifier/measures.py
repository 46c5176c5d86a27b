"""What operators watch about deliveries. Never an address or an id in a label."""

from prometheus_client import Counter, Gauge, Histogram

deliveries = Counter("caker_deliveries_total", "messages that ended, and tries put off", ["channel", "lane", "state"])
event_to_provider = Histogram(
    "caker_event_to_provider_seconds",
    "from an event's birth, or the end of the night that it waited for, to the provider's acceptance",
    ["channel", "lane"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 3600),  # both goals are the end of one
)
missed = Counter(
    "caker_slo_missed_total", "messages accepted later than promised, or never before their end", ["channel", "lane"]
)
waiting = Gauge("caker_messages_waiting", "messages not ended yet (counted up to 100,000)", ["lane"])
breaker = Gauge("caker_provider_breaker", "1 while a provider is left alone after failing", ["channel", "lane"])
tries = Counter("caker_provider_tries_total", "messages offered to a provider", ["provider", "lane", "end"])
away = Gauge("caker_provider_away", "1 while this provider is left alone after failing", ["provider", "lane"])
segments = Counter("caker_sms_segments_total", "SMS segments that a provider took", ["provider"])
receipts = Counter("caker_receipts_total", "receipts heard", ["provider", "state"])
replies = Counter("caker_replies_total", "replies heard, by the word recognised", ["word"])
suppressed = Counter("caker_suppressed_total", "addresses newly left alone", ["channel", "reason"])
fallbacks = Counter("caker_fallbacks_total", "messages that the other channel was asked to bring", ["channel"])
