"""What the development inbox has received: the newest messages, in memory and in a file that outlives it."""

import json
import re
from collections import Counter, deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

KEEP = 50_000


@dataclass(frozen=True)
class Letter:
    channel: str  # email or sms
    to: str
    subject: str
    text: str
    at: str  # RFC 3339, UTC
    message_id: str = ""  # e-mail's Message-ID; of an SMS the id it was accepted under
    key: str = ""  # of an SMS: what the sender calls it, so that a repeat is not a second message


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Letters:
    """At most `keep` of them, oldest first; each is in the file before its sender hears that it was taken."""

    def __init__(self, file: Path, *, keep: int = KEEP) -> None:
        self._file, self._keep = file, keep
        self._letters: deque[Letter] = deque(maxlen=keep)
        self._keys: dict[str, str] = {}
        self._copies: Counter[str] = Counter()
        self._written = 0
        self._load()
        self._out = self._rewritten()

    def add(self, letter: Letter) -> None:
        """Keep it. An e-mail that comes again under its Message-ID (the first answer was lost) is shown once, as a
        mail reader does; `copies` counts it."""
        if letter.channel == "email" and letter.message_id and letter.message_id in self._keys:
            self._copies[letter.message_id] += 1
            return
        if len(self._letters) == self._keep:
            self._keys.pop(self._letters[0].key or self._letters[0].message_id, None)
        self._remember(letter)
        self._out.write(json.dumps(asdict(letter), ensure_ascii=False) + "\n")
        self._out.flush()
        self._written += 1
        if self._written >= 2 * self._keep:
            self._out.close()
            self._out = self._rewritten()

    def accepted_as(self, key: str) -> str | None:
        """The id under which an SMS with this key was accepted before."""
        return self._keys.get(key)

    def to(self, address: str | None) -> list[Letter]:
        """Newest last; all of them, or those to this address or number, however the number is written."""
        wanted = _plain(address) if address else None
        return [letter for letter in self._letters if wanted is None or letter.to == wanted]

    def copies(self, letter: Letter) -> int:
        """How often it came."""
        return 1 + self._copies[letter.message_id] if letter.message_id else 1

    def clear(self) -> None:
        self._letters.clear()
        self._keys.clear()
        self._copies.clear()
        self._out.close()
        self._out = self._rewritten()

    def close(self) -> None:
        self._out.close()

    def _remember(self, letter: Letter) -> None:
        self._letters.append(letter)
        if letter.key or letter.message_id:
            self._keys[letter.key or letter.message_id] = letter.message_id

    def _load(self) -> None:
        """A last line cut short by a kill is left out: its sender heard no answer and sends again."""
        if not self._file.exists():
            return
        with self._file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    self._remember(Letter(**json.loads(line)))
                except (ValueError, TypeError):
                    continue

    def _rewritten(self) -> TextIO:
        """The file with just what is kept, open for more."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial = self._file.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(asdict(letter), ensure_ascii=False) + "\n" for letter in self._letters)
        partial.replace(self._file)
        self._written = len(self._letters)
        return self._file.open("a", encoding="utf-8")


def _plain(address: str) -> str:
    """`0812 3456 7890` and `62812…` as `+62812…`; a plus that an address bar turned into a space too."""
    digits = re.sub(r"[\s().-]", "", address)
    if not re.fullmatch(r"\+?\d{6,15}", digits):
        return address.strip()
    return "+62" + digits[1:] if digits.startswith("0") else "+" + digits.removeprefix("+")
