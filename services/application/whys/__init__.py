"""Why people said no, as counts in which nobody can be found."""
