"""The commands behind the Makefile: python -m deploy.local run | stop | status | exec SERVICE -- COMMAND."""

import os
import sys
from typing import Annotated

import typer

from deploy.local import environment, opening
from deploy.local.progress import Failed
from deploy.local.single import stop_running
from deploy.local.table import read_scale

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.command()
def run(only: Annotated[str, typer.Option(help="a part of it: kafka,store,gateway,inbox,vacancy,…")] = "") -> None:
    """Start the whole system and stay until Ctrl-C."""
    opening.run([name for name in only.split(",") if name], read_scale(os.environ.get("SCALE", "")))


@app.command()
def stop() -> None:
    """Stop the system that runs here."""
    print("stopped" if stop_running() else environment.NOTHING_RUNS)


@app.command()
def status() -> None:
    """Print the addresses of the running system."""
    system = environment.running()
    print(f"{system.gateway} (pid {system.pid}), Kafka {system.kafka_url}, store {system.store_url}")


@app.command(name="exec", context_settings={"ignore_unknown_options": True})
def execute(service: str, command: list[str]) -> None:
    """Run a command in the environment of a service of the running system."""
    environment.execute(service, command)


if __name__ == "__main__":
    try:
        app()
    except Failed as error:
        sys.exit(f"si-caker: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
