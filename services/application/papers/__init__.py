"""Papers of a seeker's applications: the proof that one was sent, and the activity of a period (JKP)."""
