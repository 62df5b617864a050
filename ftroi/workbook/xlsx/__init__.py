"""The file format, with no knowledge of a plan: addresses, styles, parts of the package, safe writing."""
