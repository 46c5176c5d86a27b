"""What must be true of all that was promised, stored, published, planned and told: sets and multisets, no input or
output. The judge of every fault, of long runs, and each night of the system itself."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field

from deploy.reconcile.evidence import Evidence, Stored

TOLD = ("sent", "delivered", "undelivered")  # states of a message that a provider took
KINDS = ("lost", "duplicate", "phantom", "out_of_order", "stuck")


@dataclass
class Verdict:
    """Ids by what is wrong with them, and the counts of a clean run. `surplus` is what came more than once with a
    reason: `republished` records, `retold` messages."""

    lost: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    phantom: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return not any(self.by_kind().values())

    def by_kind(self) -> dict[str, list[str]]:
        return {kind: getattr(self, kind) for kind in KINDS}

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def judge(evidence: Evidence) -> Verdict:
    verdict = Verdict()
    _promises(evidence, verdict)
    _events(evidence, verdict)
    _messages(evidence, verdict)
    return verdict


def _promises(evidence: Evidence, verdict: Verdict) -> None:
    by_key = defaultdict[str, list[Stored]](list)
    asked_for = None if evidence.attempted is None else set(evidence.attempted)
    for document in evidence.stored:
        by_key[document.key].append(document)
    for promise in sorted(set(evidence.promised), key=lambda one: (one.key, one.number)):
        if promise.number not in {document.number for document in by_key[promise.key]}:
            verdict.lost.append(f"promised {promise.key} {promise.number}: not stored")
    for key, documents in by_key.items():
        ids = " ".join(document.id for document in documents)
        if documents and asked_for is not None and key not in asked_for:
            verdict.phantom.append(f"{ids}: nobody asked")
        if len(documents) > 1:
            verdict.duplicate.append(f"{ids}: one seeker, one vacancy")
    twice = Counter(document.number for document in evidence.stored)
    verdict.duplicate += [f"number {number}: {count} documents" for number, count in twice.items() if count > 1]
    verdict.counts.update(accepted=len({one.key for one in evidence.promised}), stored=len(evidence.stored))


def _events(evidence: Evidence, verdict: Verdict) -> None:
    names: dict[tuple[str, int], set[str]] = defaultdict(set)
    newest: dict[str, int] = {}
    seen = Counter[str]()
    late = {(record.subject, record.sequence) for record in evidence.published if record.late}
    for record in evidence.published:
        names[record.subject, record.sequence].add(record.event)
        seen[record.event] += 1
        if seen[record.event] == 1:
            if record.sequence <= newest.get(record.subject, 0):
                verdict.out_of_order.append(f"{record.subject}: {record.sequence} after {newest[record.subject]}")
            newest[record.subject] = max(record.sequence, newest.get(record.subject, 0))
    stored = {document.id: document for document in evidence.stored}
    for (subject, sequence), events in sorted(names.items()):
        if len(events) > 1:
            verdict.duplicate.append(f"{subject} {sequence}: {len(events)} different events")
        if (subject, sequence) not in late and (subject not in stored or sequence > stored[subject].version):
            verdict.phantom.append(f"published {subject} {sequence}: no such state")
    for document in evidence.stored:
        if (document.waiting or document.due) and not document.fresh:
            verdict.stuck.append(f"{document.id}: {document.waiting} events in the outbox")
        gone = document.version - document.waiting
        missing = [number for number in range(1, gone + 1) if (document.id, number) not in names]
        verdict.lost += [f"{document.id} {number}: stored, not published" for number in missing]
    verdict.counts.update(published=len(seen), republished=sum(seen.values()) - len(seen))


def _messages(evidence: Evidence, verdict: Verdict) -> None:
    events = {record.event for record in evidence.published}
    plans = Counter(message.event for message in evidence.planned)
    for event in sorted(events):
        if plans[event] < (due := evidence.plans.get(event, 0)):
            verdict.lost.append(f"{event}: {plans[event]} of {due} messages planned")
    verdict.phantom += [f"message of {event}: no such event" for event in sorted(plans.keys() - events)]
    verdict.stuck += [
        f"message {one.id}: {one.state}" for one in evidence.planned if one.state == "waiting" and not one.fresh
    ]
    verdict.counts["planned"] = len(evidence.planned)
    if evidence.told is None:
        return
    heard = Counter(one.wire for one in evidence.told if not one.unheard)
    unheard = Counter(one.wire for one in evidence.told if one.unheard)
    known = {message.wire: message for message in evidence.planned}
    for message in evidence.planned:
        if message.state in TOLD and not heard[message.wire] + unheard[message.wire]:
            verdict.lost.append(f"message {message.id}: sent, no provider has it")
        if heard[message.wire] > 1:
            verdict.duplicate.append(f"message {message.id}: told {heard[message.wire]} times")
    verdict.phantom += [f"told {wire}: no such message" for wire in sorted((heard | unheard).keys() - known.keys())]
    verdict.counts["told"] = len(heard | unheard)
    verdict.counts["retold"] = sum(heard.values()) + sum(unheard.values()) - len(heard | unheard)
