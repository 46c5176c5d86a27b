"""Announcements of the employment office to those who agreed to its news: written by one officer, released by
another, sent slowly, and stopped at once where something is wrong."""
