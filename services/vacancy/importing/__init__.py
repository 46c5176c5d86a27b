"""Brings a partner's file of vacancies in, through the same commands as everything else."""
