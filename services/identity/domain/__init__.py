"""What an account, a contact, a one-time code and a session are, and what may be done with them. No I/O."""
