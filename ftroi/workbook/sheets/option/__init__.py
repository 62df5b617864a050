"""An option's sheet."""
