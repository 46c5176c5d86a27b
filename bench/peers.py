"""Other people's software, fetched when a bench first compares with it, and kept in the cache: nothing of it is among
the project's packages. Where both need a package, they share the project's."""

import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.places import cache

WANTED = ("hexkit[akafka,mongodb]==9.0.3", "faststream[kafka]==0.7.8")


def fetch_peers() -> str | None:
    """Make the peers importable here; else why they are not."""
    folder = cache() / "bench-peers-1"
    if not folder.is_dir():
        partial = folder.with_name(f"{folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        done = subprocess.run(_install(partial), capture_output=True, text=True, check=False)
        if done.returncode:
            return (done.stderr or done.stdout).strip().splitlines()[-1]
        partial.rename(folder)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))  # last: the project's own versions are found first
    return None


def _install(folder: Path) -> list[str]:
    if shutil.which("uv"):
        return ["uv", "pip", "install", "-q", "--python", sys.executable, "--target", str(folder), *WANTED]
    return ["python3", "-m", "pip", "install", "-q", "--target", str(folder), *WANTED]
