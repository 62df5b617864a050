"""The template as a straight numpy program, for any number of scenarios."""
