"""States and decisions of employers and vacancies: pure, without a clock, a store or a bus."""
