"""Examining a machine on which the functions do not work: each check looks for one cause, and says what to do.

Nothing is started or changed. `examine` runs all checks on a `Patient`, the state of a machine.
"""

from ftroi.hosts.doctor.examination import CHECKS, Complaint, examine
from ftroi.hosts.doctor.machine_state import Patient

__all__ = ["CHECKS", "Complaint", "Patient", "examine"]
