"""What may be asked for: load, decide, save. The only writers of employers and vacancies."""
