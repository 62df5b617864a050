"""The command line: ``ftroi``. It only asks the other parts, and shows what they answer.

Exit codes: 0 done; 1 from ``check`` alone, when it has findings; 2 bad input or usage; 3 an error
nobody expected, with a log file. No command imports what it does not use.
"""

from ftroi.cli.main import main

__all__ = ["main"]
