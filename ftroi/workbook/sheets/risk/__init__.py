"""The sheet Risk."""
