"""Lets `python -m kbgen` do what the command `kbgen` does."""

from kbgen.cli import main

main()
