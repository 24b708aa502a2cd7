"""How a place on the disk is named."""

import os

StrPath = str | os.PathLike[str]
"""A place as a string, a Path, or whatever else names one."""
