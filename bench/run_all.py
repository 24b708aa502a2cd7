"""Run every measurement, about twenty minutes, and print all figures with their targets in one table.

A missed target does not fail this command: how busy the machine is decides too. Look at the ratios first.
"""

import os
import platform
import time

import numpy as np
import streamlit

from bench import books, counting, frames, near_words, player_record, products, server, time_travel, updates, whole_text
from bench._report import Figure, show


def main() -> None:
    """Measure everything."""
    begun = time.perf_counter()
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"NumPy {np.__version__}, Streamlit {streamlit.__version__}\n"
    )
    figures: list[Figure] = []
    for script in (
        server,
        books,
        updates,
        time_travel,
        player_record,
        near_words,
        frames,
        products,
        counting,
        whole_text,
    ):  # the servers first, while this process is small
        print(f"--- {script.__name__}: {(script.__doc__ or '').splitlines()[0]}\n", flush=True)
        figures += script.main()
    aimed = [figure for figure in figures if figure.target is not None]
    missed = sum(figure.verdict == "MISSED" for figure in aimed)
    print(f"--- all targets: {len(aimed) - missed} of {len(aimed)} met, in {time.perf_counter() - begun:.0f} s\n")
    show(aimed)


if __name__ == "__main__":
    main()
