"""What was measured, as a table, and how it stands against the bars."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.building import Build
from benchmarks.contestants import MATERIAL, OURS
from benchmarks.measured_run import Measurement

PAGE_LIMIT_KB = 80

Value = Callable[[Measurement], float]

_LEGEND = (
    "Medians of whole processes from nothing; memory is the peak of the largest process; "
    "HTML is the average article and the largest file of all; "
    "`one edit` is the next build after one page was changed."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A bar, what was measured against it, and whether it was met; None where it was not."""

    bar: str
    measured: str
    is_met: bool | None

    def __str__(self) -> str:
        word = {True: "met", False: "MISSED", None: "not measured"}[self.is_met]
        return f"{word:<13} {self.bar}{f': {self.measured}' if self.measured else ''}"


def table(builds: Sequence[Build]) -> str:
    """Return a line for every contestant and size: medians, and the range of the times."""
    head = (
        f"{'pages':>6}  {'who':<9} {'runs':>4}  {'wall s (min–max)':>20}  {'CPU s (min–max)':>20}"
        f"  {'memory':>8}  {'HTML avg':>9}  {'largest':>9}  {'one edit':>9}"
    )
    lines = (_line(series) for series in _series(builds))
    return "\n".join([head, "-" * len(head), *lines, _LEGEND])


def verdicts(builds: Sequence[Build]) -> Iterator[Verdict]:
    """Yield how the builds stand against each bar."""
    yield _faster(builds, 1_000, 1, "at 1,000 pages no slower than Material with navigation.prune")
    yield _faster(builds, 5_000, 2, "at 5,000 pages at least twice as fast")
    yield _growth(builds)
    for size in sorted({each.size for each in builds}):
        heaviest = max(
            (each.weights for each in builds if each.size == size and each.contestant == OURS.name),
            key=lambda weights: weights.largest_kb,
        )
        yield Verdict(
            f"at {size:,} pages no HTML file above {PAGE_LIMIT_KB} KB",
            f"{heaviest.largest_kb:.1f} KB ({heaviest.largest})",
            heaviest.largest_kb <= PAGE_LIMIT_KB,
        )


def noise(builds: Sequence[Build], load_before: float) -> str:
    """Return what else the machine did, and how far equal runs lay apart."""
    spreads = [
        max(times) / min(times)
        for series in _series(builds)
        if len(times := [each.cold.wall_seconds for each in series]) > 1
    ]
    apart = (
        f"slowest run of a series up to {max(spreads):.2f} times the fastest"
        if spreads
        else "one run each, so the spread is not known"
    )
    return (
        f"Noise: load average {load_before:.2f} before and {os.getloadavg()[0]:.2f} after, "
        f"on {os.cpu_count()} processors; {apart}."
    )


def _series(builds: Sequence[Build]) -> list[list[Build]]:
    """Return the builds of each contestant and size together, small sizes first."""
    keys = dict.fromkeys((each.size, each.contestant) for each in builds)
    return [
        [each for each in builds if (each.size, each.contestant) == key]
        for key in sorted(keys, key=lambda key: (key[0], key[1] != OURS.name))
    ]


def _line(series: Sequence[Build]) -> str:
    first = series[0]
    edits = [each.after_edit.wall_seconds for each in series if each.after_edit]
    return (
        f"{first.size:>6}  {first.contestant:<9} {len(series):>4}"
        f"  {_range(series, _wall):>20}"
        f"  {_range(series, _cpu):>20}"
        f"  {median(each.cold.memory_mb for each in series):>5.0f} MB"
        f"  {first.weights.average_kb:>6.1f} KB"
        f"  {first.weights.largest_kb:>6.1f} KB"
        f"  {f'{median(edits):.2f} s' if edits else '':>9}"
    )


def _range(series: Sequence[Build], value: Value) -> str:
    values = [value(each.cold) for each in series]
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def _faster(builds: Sequence[Build], size: int, times: float, bar: str) -> Verdict:
    wall = _ratio(builds, (MATERIAL.name, size), (OURS.name, size), _wall)
    cpu = _ratio(builds, (MATERIAL.name, size), (OURS.name, size), _cpu)
    if wall is None or cpu is None:
        return Verdict(bar, "", None)
    return Verdict(bar, f"{wall:.2f} times as fast ({cpu:.2f} by CPU time)", wall >= times)


def _growth(builds: Sequence[Build]) -> Verdict:
    bar = "10,000 pages take at most 12 times what 1,000 take"
    wall = _ratio(builds, (OURS.name, 10_000), (OURS.name, 1_000), _wall)
    cpu = _ratio(builds, (OURS.name, 10_000), (OURS.name, 1_000), _cpu)
    if wall is None or cpu is None:
        return Verdict(bar, "", None)
    return Verdict(bar, f"{wall:.1f} times ({cpu:.1f} by CPU time)", wall <= 12)


def _ratio(
    builds: Sequence[Build], above: tuple[str, int], below: tuple[str, int], value: Value
) -> float | None:
    """Return how many times the median of one series is that of another; None without both."""
    medians = []
    for wanted in (above, below):
        values = [value(each.cold) for each in builds if (each.contestant, each.size) == wanted]
        if not values:
            return None
        medians.append(median(values))
    return medians[0] / medians[1]


def _wall(run: Measurement) -> float:
    return run.wall_seconds


def _cpu(run: Measurement) -> float:
    return run.cpu_seconds
