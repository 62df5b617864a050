"""``python -m ftroi`` is the command ``ftroi``."""

from ftroi.cli import main

if __name__ == "__main__":
    main()
