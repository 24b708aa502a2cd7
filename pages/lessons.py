"""Hands over to app.py when the first visit after a start is a deep link: Streamlit then looks for this file."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).parent.parent / "app.py"))
