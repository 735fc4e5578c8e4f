"""The small help centres, for every test of kbgen."""

from small_roots import good_root, root

__all__ = ["good_root", "root"]
