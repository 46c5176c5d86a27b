"""Interviews and offers: what is agreed between an employer and an applicant, and how both see it."""
