"""Builds each lane's own way to every provider of the settings; what lanes share is a provider's rate, its money and
an SMPP line, and of these no lane may use up all."""

from collections.abc import Sequence

from services.notifier.breaker import Breaker
from services.notifier.channels.channel import Channel
from services.notifier.channels.email import EmailChannel
from services.notifier.channels.json_sms import JsonSms
from services.notifier.channels.mail import Letterhead
from services.notifier.channels.pool import Pool, Provider
from services.notifier.channels.purse import Price, Purse
from services.notifier.channels.rate import Bucket
from services.notifier.channels.smpp.channel import SmppSms
from services.notifier.channels.smpp.line import Line
from services.notifier.channels.smpp.session import Hear
from services.notifier.channels.smtp_server import SmtpServer
from services.notifier.channels.twilio import Twilio
from services.notifier.channels.whatsapp import WhatsApp
from services.notifier.channels.zenziva import Zenziva
from services.notifier.domain import PACES, ChannelName, Lane
from services.notifier.providers import ProviderSettings
from services.notifier.settings import NotifierSettings
from services.notifier.store import MessageStore
from shared.worker import Loop


class Opening:
    """`open` is what the sender asks for each of its queues, `lines` what is kept bound beside them. `hear` stores
    what comes over such a line."""

    def __init__(self, settings: NotifierSettings, store: MessageStore, hear: Hear) -> None:
        self._settings, self._store = settings, store
        self._letterhead = Letterhead(settings.mail_from)
        self._buckets = {one.name: Bucket(one.per_second) for one in settings.all_providers}

        self._lines = {
            one.name: Line(
                name=one.name, url=one.url, user=one.user, password=one.password, window=one.window, hear=hear
            )
            for one in settings.all_providers
            if one.kind == "smpp"
        }

    @property
    def lines(self) -> Sequence[Loop]:
        return [line.run for line in self._lines.values()]

    def open(self, lane: Lane, name: ChannelName) -> Pool | None:
        """None where nothing goes that way."""
        if name == "push":
            return self._push(lane)
        return Pool(
            [
                Provider(
                    name=one.name,
                    channel=self._channel(one, lane),
                    breaker=Breaker(),
                    bucket=self._buckets[one.name],
                    weight=one.weight,
                    keeps_keys=one.keeps_keys,
                    purse=self._purse(one),
                )
                for one in self._settings.all_providers
                if one.channel == name and lane in one.lanes
            ],
            lane=lane,
        )

    def _push(self, lane: Lane) -> Pool | None:
        """Our own way to every push service; a code goes to no device."""
        if not self._settings.push_key or lane == "code":
            return None
        from services.notifier.channels.vapid import Vapid
        from services.notifier.channels.webpush import WebPush

        channel = WebPush(
            Vapid(self._settings.push_key, contact=f"mailto:{self._letterhead.address}"),
            lane=lane,
            hosts=self._settings.push_services,
            timeout=PACES[lane].deadline,
            gone=self._gone,
        )
        return Pool([Provider(name="webpush", channel=channel, breaker=Breaker(), bucket=Bucket(None))], lane=lane)

    async def _gone(self, device: str) -> None:
        await self._store.devices.delete_one({"_id": device})

    def _purse(self, one: ProviderSettings) -> Purse | None:
        if not one.rupiah_per_segment:
            return None
        price = Price(segment=one.rupiah_per_segment, daily=one.daily_rupiah)
        return Purse(costs=self._store.costs, provider=one.name, price=price)

    def _channel(self, one: ProviderSettings, lane: Lane) -> Channel:
        timeout = PACES[lane].deadline
        if one.kind == "smpp":
            return SmppSms(self._lines[one.name], lane=lane, sender=one.sender)
        if one.kind == "smtp":
            server = SmtpServer.at(one.url, hello=self._letterhead.domain, timeout=timeout)
            return EmailChannel(server, self._letterhead)
        if one.kind == "zenziva":
            return Zenziva(url=one.url, user=one.user, password=one.password, timeout=timeout)
        if one.kind == "whatsapp":
            return WhatsApp(url=one.url, token=one.password, template=one.template, timeout=timeout)
        if one.kind == "twilio":
            return Twilio(
                url=one.url,
                user=one.user,
                password=one.password,
                sender=one.sender,
                callback=f"{self._settings.public_url}/api/v1/callbacks/{one.name}",
                timeout=timeout,
            )
        return JsonSms(url=one.url, token=one.password, timeout=timeout)
