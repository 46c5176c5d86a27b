"""Who read a person's applications, for that person."""
