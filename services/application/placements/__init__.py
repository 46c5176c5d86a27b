"""Placements (penempatan): who was hired here, and who found work elsewhere and told an officer."""
