"""What readers get: employers and vacancies as the API shows them, lists page by page."""
