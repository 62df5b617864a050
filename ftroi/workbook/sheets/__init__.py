"""The sheets of a workbook: a registry, and a folder or module each."""
