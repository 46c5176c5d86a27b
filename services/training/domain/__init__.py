"""A training, a person's place in it, and what became of it. Pure: no clock, no store, no bus."""
