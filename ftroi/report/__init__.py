"""The board paper of a plan: its verdict, figures, charts, gates and sources, as PDF or HTML.

`content` says what stands in it, `charts` draws, `html` and `pages` set it, `pdf` prints it. Nothing
is imported here, so that no other command waits for it.
"""
