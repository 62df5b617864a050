"""The sheet Checks."""
