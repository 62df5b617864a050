"""Thin edges that offer the FT_ functions to spreadsheet programs; none of them calculates."""

__all__: list[str] = []
