"""Files that are read and written: vectors of this and other programs, saved runs, tables. Nothing in one is run."""
