"""The sheet Mapping: the rules that give each charge of a bill its category and option."""
