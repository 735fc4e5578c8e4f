"""One run of a command: how long it took, what it used, and whether it worked."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one run of a whole process took, with the processes that it waited for."""

    wall_seconds: float
    cpu_seconds: float
    memory_mb: float
    """The peak of the largest single process, as the system reports it."""


class RunFailed(Exception):
    """A command did not end well; `output` is what it said."""

    def __init__(self, command: Sequence[str], status: int, output: str) -> None:
        self.status = status
        self.output = output
        super().__init__(f"{' '.join(command)} ended with {status}:\n{output}")


def measure(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Measurement:
    """Run the command in the folder and return what it took; raises `RunFailed`."""
    log = folder / "run.log"
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        # Not process.wait(): only this call tells what the process used.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RunFailed(command, process.returncode, log.read_text(errors="replace"))
    # Linux counts in kilobytes.
    return Measurement(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
