"""The tests: one file per module of w2v, the pages without and with a browser, and the rules of the house."""
