"""The command line: `python -m w2v --help`."""

import sys

from w2v.command_line import main

if __name__ == "__main__":
    sys.exit(main())
