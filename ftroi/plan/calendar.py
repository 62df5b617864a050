"""The plan's calendar: months are numbered from 1, and year y is the months 12y - 11 to 12y."""

MONTHS_OF_A_YEAR = 12
