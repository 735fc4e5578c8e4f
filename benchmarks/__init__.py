"""Benchmarks against peers, on the same text in the same run, as ratios."""
