"""`kbgen build`, `serve` and `export`: the site, the live preview, and the plain folder."""

from __future__ import annotations

import logging
import os
import time
from datetime import datetime
from pathlib import Path

import click

from kbgen.checking import judge
from kbgen.cli.options import moment, now_option, root_option, say
from kbgen.cli.reporting import fail, render_diagnostics, summary
from kbgen.exporting import export_site
from kbgen.help_centre import HelpCentre
from kbgen.loading import load_help_centre
from kbgen.site import Site, compose_site
from support_policy.diagnostics import Diagnostic, InvalidSources

CACHE = Path(".cache") / "kbgen.sqlite"
"""Where a root keeps what is remembered from build to build."""


@click.command()
@root_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the site goes.  [default: `site_dir` of mkdocs.yml, else site/ in the root]",
)
@click.option("--no-cache", is_flag=True, help="Render every page anew; the bytes are the same.")
@now_option
def build(root: Path, site_dir: Path | None, no_cache: bool, now: datetime | None) -> None:  # noqa: FBT001
    """Build the site; the old one stays until the new one is whole."""
    started = time.monotonic()
    try:
        centre, site = _composed(root, moment(now))
    except InvalidSources as error:
        fail(error)
        return
    target = (site_dir or root / centre.settings.site_dir).resolve()
    _quieten_mkdocs()
    # Here, because it takes half a second that `check` and `export` need not wait for.
    from kbgen.mkdocs_plugin.building import build_with_mkdocs  # noqa: PLC0415

    cache = None if no_cache else root / CACHE
    try:
        build_with_mkdocs(root, site, target, cache=cache)
    except InvalidSources as error:
        fail(error)
    if site.diagnostics:
        say(f"{summary(site.diagnostics)}; `kbgen check` names them")
    seconds = time.monotonic() - started
    say(f"{len(site.pages)} pages of {centre.settings.site_name} in {target} ({seconds:.1f} s)")


@click.command()
@root_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on this machine.",
)
def serve(root: Path, port: int) -> None:
    """Preview the site with its drafts; it follows every change and shows problems in the page."""
    _quieten_mkdocs()
    from kbgen.mkdocs_plugin.preview import serve_with_mkdocs  # noqa: PLC0415  # as above

    say(f"Preview at http://127.0.0.1:{port}/ (stop it with Control-C)")

    def compose() -> tuple[Site | None, tuple[Diagnostic, ...]]:
        judgement = judge(root, moment(None), with_drafts=True)
        return judgement.site, judgement.diagnostics

    def tell(outcome: tuple[Site | None, tuple[Diagnostic, ...]]) -> None:
        _, diagnostics = outcome
        if diagnostics:
            say(render_diagnostics(diagnostics, "text"))
        say(summary(diagnostics))

    try:
        serve_with_mkdocs(root, compose, port=port, told=tell)
    except KeyboardInterrupt:
        say("stopped")
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error.strerror}") from None


@click.command()
@root_option
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@now_option
def export(root: Path, folder: Path, now: datetime | None) -> None:
    """Write a plain folder that MkDocs, ProperDocs and Zensical build."""
    try:
        centre, site = _composed(root, moment(now))
        export_site(site, centre.settings, folder)
    except InvalidSources as error:
        fail(error)
        return
    say(f"{len(site.pages)} pages and a mkdocs.yml in {folder}")


def _composed(root: Path, now: datetime) -> tuple[HelpCentre, Site]:
    centre = load_help_centre(root)
    site = compose_site(centre.catalog, centre.policy, centre.calendar, centre.settings, now)
    return centre, site


def _quieten_mkdocs() -> None:
    """Keep MkDocs' progress and two banners about a later MkDocs away from writers."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
