"""How large the packed record of a run is that the browser gets, and how long it takes to make."""

import time

from bench._report import Figure, one_thread, print_table, show
from pages.components.packing import pack
from pages.components.player.record import run_record
from w2v import PRESETS, Config, Run

TARGET = 2.0  # MB


def main() -> list[Figure]:
    """Measure the default run of every preset and print it; return the largest and the slowest."""
    one_thread()
    rows, sizes, times = [], [], []
    for key, preset in PRESETS.items():
        begun = time.perf_counter()
        run = Run(Config(preset.text))
        trained = time.perf_counter()
        header, arrays = run_record(run)
        blob = pack({**header, "id": "bench", "views": [], "title": "", "t": 0, "word": None, "command": 0}, arrays)
        packed = time.perf_counter()
        sizes.append(len(blob) / 1e6)
        times.append(packed - trained)
        largest = max(arrays, key=lambda name: arrays[name].nbytes)
        share = f"{largest} {100 * arrays[largest].nbytes / len(blob):.0f} %"
        row = [key, f"{len(header['words'])}", f"{run.n_steps:,}", f"{trained - begun:.2f} s"]
        rows.append([*row, f"{packed - trained:.3f} s", f"{sizes[-1]:.2f} MB", share])
    print_table(("preset", "words", "updates", "to train", "to pack", "size", "most of it"), rows)
    figures = [
        Figure("record of a preset's run: the largest", max(sizes), "MB", TARGET),
        Figure("record of a preset's run: the slowest to make", max(times), "s"),
    ]
    show(figures)
    return figures


if __name__ == "__main__":
    main()
