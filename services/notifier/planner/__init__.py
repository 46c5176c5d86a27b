"""Which events are told to whom, over which channels, how fast, how long, and what of it a person may switch off."""

from services.notifier.planner.kinds import KINDS, Kind
from services.notifier.planner.planning import account_contact, channels_of, former_contact, plan
from services.notifier.planner.rows import Plan
from services.notifier.planner.table import TABLE

__all__ = ["KINDS", "TABLE", "Kind", "Plan", "account_contact", "channels_of", "former_contact", "plan"]
