"""What was really billed: reading bills, giving each charge a category and an option, and comparing it with the plan.

Pandas is imported only inside this package, and only when a bill is read.
"""
