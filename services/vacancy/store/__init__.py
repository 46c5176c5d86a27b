"""The collections of employers and vacancies: documents and domain objects, indexes, one atomic save."""
