"""Formulas and addresses that several sheets use."""
