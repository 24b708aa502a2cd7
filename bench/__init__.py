"""Speed and size, measured against targets: `python -m bench.run_all`. Machines are noisy: no test asks for this."""
