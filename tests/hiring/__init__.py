"""Hiring across two services: what must hold of applications and of the openings of their vacancy, whoever does what
at the same time."""
