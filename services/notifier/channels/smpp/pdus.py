"""SMPP 3.4 packets, encoded and decoded by smpplib: what we send, and what it means that comes."""

import hashlib
import re
from typing import Any

from smpplib import consts, smpp
from smpplib.gsm import GSM_CHARACTER_TABLE, gsm_encode

from services.notifier.channels.channel import Refused
from services.notifier.channels.segments import is_gsm7, split
from services.notifier.heard import Received

LONGEST_PDU = 65_536
HEADER = 16
RECEIPT, HEADED = 0x04, 0x40  # of esm_class: it is a receipt; its text begins with a user data header
LATER = 0x64  # ESME_RX_T_APPN: we cannot take this now, tell us again
_BUSY = frozenset({consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL})
# Bind state, system error, our own sender address, temporary failure of the receiver's side.
_OURS = frozenset({0x04, consts.SMPP_ESME_RSYSERR, 0x0A, consts.SMPP_ESME_RSUBMITFAIL, LATER})
_STATES: dict[str, Received] = {
    "DELIVRD": "delivered",
    **dict.fromkeys(("EXPIRED", "DELETED", "UNDELIV", "REJECTD"), "undelivered"),
}
_NUMBERED: dict[int, Received] = {2: "delivered", **dict.fromkeys((3, 4, 5, 8), "undelivered")}
_RECEIPT_TEXT = re.compile(rb"id:\s*(\S+).*?stat:\s*([A-Z]+)", re.IGNORECASE | re.DOTALL)


def pdu(name: str, sequence: int, **fields: Any) -> bytes:
    """One packet."""
    made = smpp.make_pdu(name, sequence=sequence, **fields)
    made.sequence = sequence
    return bytes(made.generate())


def parse(raw: bytes) -> Any:
    """smpplib's packet of these bytes; raises whatever it likes for nonsense."""
    return smpp.parse_pdu(raw, client=None, sequence=0, allow_unknown_opt_params=True)


def messages(*, sender: str, to: str, text: str, key: str) -> list[dict[str, Any]]:
    """The fields of one submit_sm per part. A repeat under the same key has the same parts; the last part asks for
    the receipt."""
    plain, texts = is_gsm7(text), split(text)
    mark = hashlib.sha256(key.encode()).digest()[0]
    base = {
        **_sender(sender),
        "dest_addr_ton": consts.SMPP_TON_INTL,
        "dest_addr_npi": consts.SMPP_NPI_ISDN,
        "destination_addr": to.removeprefix("+"),
        "data_coding": consts.SMPP_ENCODING_DEFAULT if plain else consts.SMPP_ENCODING_ISO10646,
    }
    made = []
    for number, part in enumerate(texts, start=1):
        header = bytes((5, 0, 3, mark, len(texts), number)) if len(texts) > 1 else b""
        content = gsm_encode(part) if plain else part.encode("utf-16-be")
        fields = {"short_message": header + content, "registered_delivery": int(number == len(texts))}
        made.append({**base, **fields, "esm_class": HEADED if header else 0})
    return made


def refusal(status: int) -> Refused:
    """What a submit_sm_resp that is no yes means."""
    code = f"smpp_{status:#x}"
    if status in _BUSY:
        return Refused(code, elsewhere=True, retry_after=1.0)
    return Refused(code, provider=True) if status in _OURS else Refused(code, permanent=True)


def receipt(found: Any) -> tuple[str, Received] | None:
    """The message id and what became of it; None while it is under way, or for what cannot be read."""
    named, numbered = getattr(found, "receipted_message_id", None), getattr(found, "message_state", None)
    if named and numbered is not None:
        state = _NUMBERED.get(numbered)
        return (_text(named), state) if state else None
    told = _RECEIPT_TEXT.search(found.short_message or b"")
    spoken = _STATES.get(_text(told[2]).upper()) if told else None
    return (_text(told[1]), spoken) if told and spoken else None


def is_receipt(found: Any) -> bool:
    return bool((found.esm_class or 0) & 0x3C == RECEIPT)


def reply_text(found: Any) -> str:
    """What somebody wrote, without its header."""
    content: bytes = found.short_message or b""
    if (found.esm_class or 0) & HEADED and content:
        content = content[1 + content[0] :]
    if found.data_coding == consts.SMPP_ENCODING_ISO10646:
        return content.decode("utf-16-be", "replace")
    if found.data_coding == consts.SMPP_ENCODING_DEFAULT:
        return "".join(GSM_CHARACTER_TABLE[sign] if sign < 0x80 else "?" for sign in content)
    return content.decode("latin-1")


def _text(value: bytes) -> str:
    return value.decode("ascii", "replace").strip("\0 ")[:100]


def _sender(sender: str) -> dict[str, Any]:
    if sender.removeprefix("+").isdigit():
        long = sender.startswith("+")  # a short number is the network's own
        return {
            "source_addr_ton": consts.SMPP_TON_INTL if long else 0,
            "source_addr_npi": consts.SMPP_NPI_ISDN if long else 0,
            "source_addr": sender.removeprefix("+"),
        }
    return {"source_addr_ton": consts.SMPP_TON_ALNUM, "source_addr_npi": 0, "source_addr": sender}
