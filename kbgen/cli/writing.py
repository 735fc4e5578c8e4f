"""`kbgen new`, `import` and `schema`: what helps those who write."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from kbgen.cli.editing import rewrite
from kbgen.cli.options import Moment, moment, now_option, root_option, say
from kbgen.cli.reporting import fail, render_diagnostics, summary
from kbgen.importing import import_folder, write_files
from kbgen.loading import load_help_centre
from kbgen.markdown_text import slug
from kbgen.model import Kind
from kbgen.scaffold import new_page, with_window
from kbgen.schemas import compose_schemas
from support_policy.diagnostics import InvalidSources, Severity
from support_policy.files import read_text
from support_policy.maintenance_windows import Impact, MaintenanceKind, parse_windows

_KINDS = [kind.value for kind in (Kind.ARTICLE, Kind.FAQ, Kind.TUTORIAL)]


@click.command()
@root_option
@click.argument("kind", type=click.Choice([*_KINDS, "maintenance"]))
@click.argument("title")
@click.option("--category", help="The folder of a page; asked for where it is not given.")
@click.option("--start", type=Moment(), help="When a window begins, local time.")
@click.option("--end", type=Moment(), help="When a window ends, local time.")
@click.option("--components", help="What a window affects, with commas.")
@click.option(
    "--impact", type=click.Choice([each.value for each in Impact]), help="How a window is felt."
)
@click.option(
    "--window-kind",
    type=click.Choice([each.value for each in MaintenanceKind]),
    help="Which notice period applies to a window.",
    default="planned",
    show_default=True,
)
@now_option
def new(root: Path, kind: str, title: str, now: datetime | None, **given: Any) -> None:
    """Begin a page, or announce a maintenance window, with what can be known already."""
    try:
        if kind == "maintenance":
            _new_window(root, title, moment(now), given)
        else:
            _new_page(root, Kind(kind), title, moment(now), given["category"])
    except InvalidSources as error:
        fail(error)


@click.command("import")
@root_option
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True)
)
@click.option("--kind", type=click.Choice(_KINDS), required=True, help="What the pages are.")
@click.option("--category", help="The category of all pages; else the folder's or the page's own.")
@click.option("--language", help="Only files whose name ends in it, such as `page._en.md`.")
@click.option("--site-url", help="Make links to pages that are not imported lead to this site.")
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
def import_(root: Path, folder: Path, kind: str, **given: Any) -> None:
    """Bring in a folder of Markdown; addresses, titles, links and redirects are kept."""
    is_dry = given.pop("dry_run")
    found = import_folder(folder, root, kind=kind, **given)
    refused = () if is_dry else write_files(found.files, root)
    if shown := render_diagnostics((*found.report, *refused), "text"):
        click.echo(shown)
    say(summary((*found.report, *refused)))
    if refused:
        raise SystemExit(1)
    say(f"{len(found.files)} files {'would be written' if is_dry else 'written'} under {root}")
    if any(each.severity is Severity.ERROR for each in found.report):
        raise SystemExit(1)


@click.command()
@root_option
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def schema(root: Path, folder: Path) -> None:
    """Write the JSON Schemas that editors complete and check files by."""
    del root
    folder.mkdir(parents=True, exist_ok=True)
    schemas = compose_schemas()
    for name, content in schemas.items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    say(f"{len(schemas)} schemas in {folder}")


def _new_page(root: Path, kind: Kind, title: str, now: datetime, category: str | None) -> None:
    centre = load_help_centre(root)
    known = ", ".join(each.id for each in centre.catalog.categories)
    chosen = slug(category or click.prompt(f"Category ({known})"))
    if not chosen:
        raise click.UsageError("a category needs letters or digits")
    owner = centre.policy.escalation[0].team
    file = new_page(
        kind, title, category=chosen, catalog=centre.catalog, today=now.date(), owner=owner
    )
    path = root / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as target:
            target.write(file.text)
    except FileExistsError:
        raise click.ClickException(f"{file.path} exists already; choose another title") from None
    click.echo(file.path)
    say("It is a draft: readers see it once you remove `state: draft`.")


def _new_window(root: Path, title: str, now: datetime, given: dict[str, Any]) -> None:
    path = root / "maintenance.yml"
    text = read_text(path, shown_as="maintenance.yml")
    centre = load_help_centre(root)
    components = given["components"] or click.prompt(
        f"Affected ({', '.join(centre.calendar.components)}; several with commas)"
    )
    zone = centre.calendar.time_zone or centre.policy.organisation.time_zone
    changed = with_window(
        text,
        title=title,
        start=given["start"] or click.prompt(f"Begins ({zone.key})", type=Moment()),
        end=given["end"] or click.prompt(f"Ends ({zone.key})", type=Moment()),
        components=[each.strip() for each in components.split(",") if each.strip()],
        impact=given["impact"]
        or click.prompt("Impact", type=click.Choice([each.value for each in Impact])),
        kind=given["window_kind"],
        announced=now.replace(second=0),
        zone=zone,
    )
    parse_windows(changed, notice=centre.policy.notice)
    rewrite(path, changed)
    click.echo("maintenance.yml")
    say("The window is in the file; commit it to announce it.")
