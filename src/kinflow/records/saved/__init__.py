"""Views people keep: a filter, columns and an order of one record type, their own or shared."""
