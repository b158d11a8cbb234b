"""The business process diagram: discovered processes in swim lanes by unit, and what goes from lane to lane."""
