"""What keeps the functions from working on a machine, and the cure for each; nothing is started and nothing changed."""

from ftroi.hosts.doctor.examination import CHECKS, Complaint, examine
from ftroi.hosts.doctor.machine_state import Patient

__all__ = ["CHECKS", "Complaint", "Patient", "examine"]
