"""The command line `ticket-form`."""

from __future__ import annotations

import os
from pathlib import Path

import click
import waitress

from support_policy import InvalidSources, load_policy
from ticket_form.app import create_app
from ticket_form.settings import read_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run the desk."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The built site, to be served at /.",
)
def serve(port: int, site: Path | None) -> None:
    """Serve the desk, and the built site where one is named, on loopback."""
    settings = read_settings(os.environ, site=site)
    try:
        policy = load_policy(settings.policy)
    except InvalidSources as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    click.echo(f"Listening at http://127.0.0.1:{port}/ (stop it with Control-C)", err=True)
    try:
        waitress.serve(create_app(settings, policy), host="127.0.0.1", port=port, threads=8)
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error.strerror}") from None
