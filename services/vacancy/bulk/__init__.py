"""Many vacancies in one file: a table in Indonesian that people fill in with a spreadsheet, read and written."""
