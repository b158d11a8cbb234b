"""Units: the departments, teams and business units, as a tree."""
