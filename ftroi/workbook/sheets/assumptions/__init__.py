"""The sheet Assumptions."""
