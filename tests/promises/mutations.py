"""Small bugs, each a change of a few words, that a named test must catch: planted by `make sabotage`."""

from dataclasses import dataclass

OUTBOX, RELAY, CLAIMS = "shared/outbox.py", "shared/relay.py", "shared/claims.py"
CONSUMER, HANDLING, EFFECTS = "shared/consumer.py", "shared/handling.py", "shared/effects.py"
DELIVERY, STORE = "services/notifier/delivery.py", "services/notifier/store.py"
SIMULATION = "tests/promises/simulation"
HIRING = "tests/hiring"
SENDER_TESTS, OUTBOX_TESTS = "services/notifier/tests/test_sender.py", "shared/tests/test_outbox.py"


@dataclass(frozen=True)
class Mutation:
    """In `file` each text of `changes` becomes the other; `test` is what must turn red."""

    name: str
    file: str
    changes: tuple[tuple[str, str], ...]
    test: str = SIMULATION


HANDLE = "owed = owed | await self._handle_poll(polled, stopping)\n"
UNSEEN = "owed = owed | {tp: records[-1].offset + 1 for tp, records in polled.items()}\n"
COMMIT = "                    owed = await self._commit(client, owed)\n"
AFTERWARDS = "                if polled:\n                    await self._handle_poll(polled, stopping)\n"
DONE = "published = [id for ids, _ in sent for id in ids]"
ALL = 'published = [entry["id"] for row in claim.documents for entry in row["outbox"]]'
SENT = "        sent = await asyncio.gather(*(self._publish(row"
CLEAR = '        await self._clear([row["_id"] for row in claim.documents], claim.token, published)\n'
MOVED = "        self.moved_at = time.monotonic()\n        if any(failed"
PUT_ASIDE = 'await self.dead.put(record, reason="unreadable", detail=str(error))'
STILL_OURS = "        still_ours = await self._claims.renew(held.claim, list(ready)) if ready else set()\n"

MUTATIONS = (
    Mutation("commit before work", CONSUMER, ((HANDLE, UNSEEN), (COMMIT, COMMIT + AFTERWARDS))),
    Mutation(
        "acknowledge after an exception",
        HANDLING,
        (
            (
                "            except Exception as error:\n                if is_unavailable",
                "            except Exception as error:\n                return\n                if is_unavailable",
            ),
        ),
    ),
    Mutation("commit by itself", "shared/kafka.py", (('"enable_auto_commit": False', '"enable_auto_commit": True'),)),
    Mutation(
        "begin at the end", "shared/kafka.py", (('"auto_offset_reset": "earliest"', '"auto_offset_reset": "latest"'),)
    ),
    Mutation("swallow what cannot be read", HANDLING, ((PUT_ASIDE, "pass"),)),
    Mutation("project without a look at the sequence", EFFECTS, (('{"$cond": [older, ', '{"$cond": [True, '),)),
    Mutation("save without the version", OUTBOX, (('{"_id": id, "version": version, **', '{"_id": id, **'),)),
    Mutation(
        "saving ends a lease",
        OUTBOX,
        (('"$set": changes,', '"$set": {**changes, "relay_at": DUE},'), ('"$max": {"relay_at": DUE},', "")),
        f"{OUTBOX_TESTS}::test_writing_under_a_lease_does_not_end_it",
    ),
    Mutation("clear before publishing", RELAY, ((SENT, f"        {ALL}\n{CLEAR}{SENT}"), (CLEAR + MOVED, MOVED))),
    Mutation(
        "clear all there is", RELAY, (('{"$set": {"outbox": left}}', '{"$set": {"outbox": {"$literal": []}}}'),)
    ),
    Mutation("forget what was not delivered", RELAY, ((DONE, ALL),)),
    Mutation(
        "go on after a failed event", RELAY, (("                return done, True", "                continue"),)
    ),
    Mutation(
        "claim what is held",
        CLAIMS,
        (
            ('{"_id": {"$in": ids}, self.field: {"$lte": _soon()}}', '{"_id": {"$in": ids}}'),
            ('due = {"$lte": [f"${self.field}", "$$NOW"]}', "due = True"),
        ),
    ),
    Mutation(
        "mark without the token",
        STORE,
        (('"lease": token, "state": "waiting"', '"state": "waiting"'),),
        f"{SENDER_TESTS}::test_a_sender_that_lost_its_lease_sends_nothing",
    ),
    Mutation(
        "send without a look at the lease",
        DELIVERY,
        ((STILL_OURS, "        still_ours = set(ready)\n"),),
        f"{SENDER_TESTS}::test_a_sender_that_lost_its_lease_sends_nothing",
    ),
    Mutation(
        "mark before sending",
        DELIVERY,
        ((STILL_OURS, STILL_OURS + "        await self._mark(held, rows, dict.fromkeys(still_ours, SENT))\n"),),
    ),
    Mutation(
        "send what has expired",
        DELIVERY,
        (
            ('if row["not_after"] <= held.now(row)}', "if False}"),
            ("if left <= 0:", "if False:"),
            ("seconds=min(self._pace.deadline, left)", "seconds=self._pace.deadline"),
        ),
    ),
    Mutation(
        "a lease shorter than what is done under it",
        STORE,
        (("lease_seconds=PACES[lane].lease", "lease_seconds=3.0"),),
    ),
    Mutation(
        "begin what the lease may not cover",
        DELIVERY,
        (("not held.covers(self._pace.deadline + MARK_SECONDS)", "False"),),
        f"{SENDER_TESTS}::test_a_sender_that_lost_its_lease_sends_nothing",
    ),
    Mutation(
        "hand over while the process stops",
        DELIVERY,
        (
            ("first is None or self._leaving or not held", "first is None or not held"),
            ("None if self._leaving else await", "await"),
        ),
        f"{SENDER_TESTS}::test_a_stop_hands_nothing_more_to_a_slow_provider",
    ),
    Mutation(
        "another message id each time",
        "services/notifier/planner/planning.py",
        (
            (
                'id=f"{envelope.id}:{row.template}:{channel}:{recipient}"',
                'id=f"{envelope.id}:{row.template}:{channel}:{recipient}:{datetime.now()}"',
            ),
        ),
    ),
    Mutation(
        "another provider after an uncertain answer",
        STORE,
        (("if outcome.provider else {}", "if False else {}"),),
        "services/notifier/tests/test_pool.py::test_a_message_that_a_provider_may_have_stays_with_it",
    ),
    Mutation(
        "another key for each try",
        "services/notifier/composing.py",
        (
            (
                'Outgoing(key=row["_id"], to=to, text=text',
                "Outgoing(key=f\"{row['_id']}{row['attempts']}\", to=to, text=text",
            ),
        ),
    ),
    Mutation(
        "no unique index on applications",
        "services/application/store.py",
        (('("vacancy.id", 1)], "unique": True}', '("vacancy.id", 1)]}'),),
        "services/application/tests/test_submit.py::test_a_hundred_at_once_make_one_application_and_ninety_nine_repeats",
    ),
    Mutation(
        "a held decision outlives a withdrawal",
        "services/application/desk/model.py",
        (("return application.submitted_at == self.submitted_at", "return True"),),
        HIRING,
    ),
    Mutation(
        "a held decision before its hour",
        "services/application/desk/store.py",
        (('{"release_at": {"$lte": at}}', "{}"),),
        HIRING,
    ),
    Mutation(
        "more hires than openings",
        "services/vacancy/commands/running.py",
        (("count = min(hired, vacancy.terms.openings)", "count = hired"),),
        HIRING,
    ),
    Mutation(
        "a hire that nobody counts",
        "services/application/domain/telling.py",
        (('    if application.state == "hired":', '    if application.state == "viewed":'),),
        HIRING,
    ),
)
