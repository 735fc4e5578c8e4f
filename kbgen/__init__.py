"""Turns Markdown and the support policy into a help centre."""

__version__ = "0.1.0"
