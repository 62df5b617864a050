"""What runs in LibreOffice's own Python: the extension's component, and how it hands calls to the engine."""
