"""The command ``ftroi``, also as ``python -m ftroi``: what Ctrl-C does from the first moment to the last.

Until all is imported, and once the work is done, it ends the process at once and without a word: nothing is being
written then. In between it is an exception (KeyboardInterrupt), so that files in the making are taken away.
"""

import signal


def main() -> None:
    """Do what the command line says; always ends the process by SystemExit, which bears the exit code."""
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not where a shell had it ignored
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from ftroi.cli import STOPPED
    from ftroi.cli import main as run

    try:
        try:
            if is_ours:
                signal.signal(signal.SIGINT, signal.default_int_handler)
            run()
        finally:
            if is_ours:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:  # in the last moment, when all was done and told
        raise SystemExit(STOPPED) from None


if __name__ == "__main__":
    main()
