"""The sheet Annual."""
