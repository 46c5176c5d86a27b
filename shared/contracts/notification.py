"""What `notifier` publishes: answers that came by SMS, by account and without a number."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from shared.events import Event


class ReplyReceived(Event, topic="notification", version=1):
    """Somebody answered a message. `subject` is the answer's id; the same answer is told once. Words about messages
    themselves (stop, start, help) are the notifier's own and not published."""

    account_id: str = Field(description="whose message was answered")
    word: Literal["ya", "tidak", "belum", "kerja"]
    id4: str | None = Field(None, description="the code in the message, which says what is answered")
    message: str = Field(description="the newest message that it may answer, such as ak1_report_due")
    received_at: datetime
