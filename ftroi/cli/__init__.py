"""The command line ``ftroi``: it calls the other packages, and shows their results; nothing is computed here.

`program` lists the commands, `commands` and its kin declare their parameters, and a module for each command does the
work. Exit codes: 0 done; 1 from ``check`` only, if it has findings; 2 invalid input or usage; 3 an unexpected error,
with a log file. No command imports what it does not use.
"""

from ftroi.cli.main import STOPPED, main

__all__ = ["STOPPED", "main"]
