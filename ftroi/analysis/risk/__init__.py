"""Simulation of a plan: what is drawn, the events of a life, statistics, and results kept in a workbook."""
