"""The sheet Gates."""
