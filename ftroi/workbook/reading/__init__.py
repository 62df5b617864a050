"""From the cells of a workbook back to a plan."""
