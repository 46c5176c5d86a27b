"""When a message cannot reach somebody over its channel, the other one tries: for what concerns people's own affairs,
and where the plan had named one channel only (so that no wish of theirs is passed over)."""

from services.notifier.domain import CHANNEL_NAMES, NO_ADDRESS, ChannelName, Message, Outcome, Settled
from services.notifier.planner import channels_of
from shared.mongo import Document

HOPELESS = frozenset({NO_ADDRESS.code, "contact_unreadable"})  # the other channel would end alike
ANOTHER_WAY = frozenset({"channel_not_known", "suppressed"})  # skipped here, not forgotten


def fallback(row: Document, outcome: Outcome) -> Message | None:
    """The same message over the other channel. Its id is what the plan would have called it, so that however often
    this is asked, and whoever asks, it is one message."""
    if row["lane"] != "transactional" or not _unreached(outcome):
        return None
    planned = channels_of(row["template"])
    others: list[ChannelName] = [name for name in CHANNEL_NAMES if name != row["channel"]]
    if row["channel"] not in planned or planned & set(others):
        return None
    event, _, rest = row["notice"].partition(":")
    template, _, recipient = rest.partition(":")
    return Message(
        id=f"{event}:{template}:{others[0]}:{recipient}",
        notice=row["notice"],
        template=row["template"],
        kind=row.get("kind", "safety"),
        channel=others[0],
        lane=row["lane"],
        recipient=row["recipient"],
        params=row["params"],
        link=row["link"],
        short_link=row["short_link"],
        event_time=row["event_time"],
        not_after=row["not_after"],
        quiet=row.get("quiet", True),
        correlation=row.get("correlation"),
    )


def _unreached(outcome: Outcome) -> bool:
    if not isinstance(outcome, Settled):
        return False
    if outcome.state in ("failed", "undelivered"):
        return outcome.code not in HOPELESS
    return outcome.state == "skipped" and outcome.code in ANOTHER_WAY
