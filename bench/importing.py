"""How long a large import takes until everything is published, searchable, and told on the topic."""

import json
import random
import tempfile
import time
from importlib.resources import files
from pathlib import Path

from deploy.local.beside import RunningSystem

ROWS = 17_535


def importing(system: RunningSystem) -> None:
    """Import made-up vacancies, as many as the largest collection at hand has, and print the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.jsonl"
        _write(path)
        begun = time.monotonic()
        command = ("exec", "vacancy", "--", "python", "-m", "services.vacancy.importing", str(path))
        done = system.command("-m", "deploy.local", *command, seconds=300)
        took = time.monotonic() - begun
    print(done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr.strip())
    print(f"import of {ROWS:,} vacancies: {took:.1f} s (goal 90), exit {done.returncode}")


def _write(path: Path) -> None:
    employers = json.loads(files("deploy.local.demo").joinpath("employers.json").read_text())["employers"]
    known = [(employer["name"], vacancy) for employer in employers for vacancy in employer["vacancies"]]
    draw = random.Random(2026)
    with path.open("w") as file:
        for number in range(ROWS):
            name, vacancy = draw.choice(known)
            row = {
                "source": "bench",
                "source_id": f"bench:{number}",
                "title": f"{vacancy['title']} {number}",
                "company": f"{name} {draw.randrange(2000)}",
                "location_text": "Kota Madiun",
                "salary_min": vacancy["wage"]["min"],
                "salary_max": vacancy["wage"].get("max"),
                "employment_type": "FULL_TIME",
                "description": " ".join([vacancy["description"]] * draw.randrange(1, 12)),
                "requirements": vacancy["conditions"],
            }
            file.write(json.dumps(row) + "\n")
