"""The pages that every kind of record has: list, board, record page, dialogs. All of it follows from the faces."""
