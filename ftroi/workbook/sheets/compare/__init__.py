"""The sheet Compare."""
