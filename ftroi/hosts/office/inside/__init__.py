"""The modules that run in LibreOffice's Python: the extension's component, and the adapter to `ftroi.functions`."""
