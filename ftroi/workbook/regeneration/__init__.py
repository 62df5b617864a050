"""A workbook made afresh: what was edited, what is the user's own, and writing it back."""
