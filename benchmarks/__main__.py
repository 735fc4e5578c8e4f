"""`python -m benchmarks`: builds generated sites beside a peer and prints the ratios."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from benchmarks.building import Build, build, builds
from benchmarks.contestants import MATERIAL, OURS
from benchmarks.report import noise, table, verdicts

SIZES = (1_000, 5_000, 10_000)
QUICK_SIZES = (100, 300)
PEER_LIMIT = 5_000
"""Above it the peer takes many minutes, and no bar asks for it."""
WARM_UP = 20


@click.command()
@click.option("--quick", is_flag=True, help="Two small sizes, one run each: does it all work?")
@click.option("--sizes", help="Numbers of pages with commas, in place of 1000,5000,10000.")
@click.option(
    "--runs", type=click.IntRange(1, 20), help="Runs of each size, in place of 5, 3 and 2."
)
def main(quick: bool, sizes: str | None, runs: int | None) -> None:
    """Build generated sites with kbgen and with Material, in turn, and print the ratios.

    Ends with 1 where a bar that was measured is missed.
    """
    load_before = os.getloadavg()[0]
    wanted = _sizes(sizes) if sizes else QUICK_SIZES if quick else SIZES
    click.echo("Warming up …", err=True)
    for contestant in (OURS, MATERIAL):
        build(contestant, WARM_UP)
    found = [
        each for size in wanted for each in _told(size, runs=runs or (1 if quick else _runs(size)))
    ]
    click.echo(table(found))
    click.echo()
    judged = list(verdicts(found))
    click.echo("\n".join(map(str, judged)))
    click.echo(noise(found, load_before))
    if any(verdict.is_met is False for verdict in judged):
        raise SystemExit(1)


def _told(size: int, *, runs: int) -> Iterator[Build]:
    contestants = (OURS, MATERIAL) if size <= PEER_LIMIT else (OURS,)
    for each in builds(contestants, size, runs=runs):
        click.echo(f"{size:,} pages, {each.contestant}: {each.cold.wall_seconds:.2f} s", err=True)
        yield each


def _runs(size: int) -> int:
    return 5 if size <= 1_000 else 3 if size <= 5_000 else 2


def _sizes(text: str) -> tuple[int, ...]:
    try:
        found = tuple(int(part) for part in text.split(","))
    except ValueError:
        raise click.BadParameter("write numbers with commas: 1000,5000") from None
    if any(size < 1 for size in found):
        raise click.BadParameter("a site has at least one page")
    return found


if __name__ == "__main__":
    main()
