"""`make contracts`: write the published language to files, unless that would break a version that is out."""

import json
import sys

from tests.contracts.compatibility import breaks
from tests.contracts.published import CONTRACTS, documents


def main() -> None:
    wanted, broken = documents(), list[str]()
    for path, text in wanted.items():
        if path.parent.name == "schemas" and path.exists():
            broken += [f"{path.name} {line}" for line in breaks(json.loads(path.read_text()), json.loads(text))]
    if broken:
        sys.exit("\n".join(["This would break a published version; make a new one (v2) instead:", *broken]))
    for folder in ("schemas", "samples"):
        (CONTRACTS / folder).mkdir(exist_ok=True)
        for stale in set((CONTRACTS / folder).glob("*.json")) - set(wanted):
            sys.exit(f"{stale.name} is published and has no class any more: a type is never removed silently")
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    for path in changed:
        path.write_text(wanted[path])
    print(f"{len(wanted)} files, {len(changed)} written")


if __name__ == "__main__":
    main()
