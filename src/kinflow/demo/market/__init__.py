"""The world outside: places, companies, and the people in them."""
