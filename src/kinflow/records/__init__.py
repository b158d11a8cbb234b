"""Record types and all that follows from their declarations: lists, boards, pages, API, search, import."""
