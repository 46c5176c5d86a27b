"""Every message as it would be read, with values as they come; and one of them sent to the officer who asks."""

from datetime import timedelta
from typing import Any

from services.notifier.domain import Message
from services.notifier.planner import account_contact
from services.notifier.rendering import Texts
from services.notifier.specimen import LINKS, NAME, specimen
from services.notifier.store import MessageStore
from services.notifier.wording import Language, messages, wording
from shared import clock
from shared.errors import NotFound
from shared.events import new_id

LIVES = timedelta(hours=1)


class Previews:
    def __init__(self, store: MessageStore, texts: Texts, *, now: clock.Clock = clock.now) -> None:
        self._store, self._texts, self._now = store, texts, now

    def of(self, message: str, language: Language) -> dict[str, Any]:
        """Its parts; None for those that it does not have."""
        words, params, (link, short) = self._known(message, language)
        found: dict[str, Any] = {"language": language}
        if words.mail:
            mail = self._texts.mail(message, params, link=link, name=NAME, language=language)
            found |= {"subject": mail.subject, "text": mail.text, "html": mail.html}
        if words.title:
            notice = self._texts.notice(message, params, link=link, language=language)
            found |= {"title": notice.title, "notice": notice.text}
        found["sms"] = self._texts.sms(message, params, link=short, language=language)
        return found

    async def send(self, message: str, language: Language, *, to: str) -> str:
        """Send the mail to the officer's own account; its id."""
        words, params, (link, short) = self._known(message, language)
        if not words.mail:
            raise NotFound
        id, at = new_id("try"), self._now()
        await self._store.add(
            [
                Message(
                    id=f"{id}:{message}:email:{account_contact(to)}",
                    notice=f"{id}:{message}:{account_contact(to)}",
                    template=message,
                    channel="email",
                    lane="transactional",
                    recipient=account_contact(to),
                    params=params,
                    link=link,
                    short_link=short,
                    event_time=at,
                    not_after=at + LIVES,
                    language=language,
                )
            ]
        )
        return id

    def _known(self, message: str, language: Language) -> tuple[Any, Any, tuple[str, str]]:
        if message not in messages():
            raise NotFound
        return wording(message, language), specimen(message), LINKS.get(message, ("/kabar", "/kabar"))
