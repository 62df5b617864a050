"""The xlsx file format, without knowledge of plans: addresses, styles, charts, parts of the package, safe writing."""
