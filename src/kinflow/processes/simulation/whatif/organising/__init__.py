"""What-ifs of the organisation: moves that change units, lines and decision rights, and what that does to the chart."""
