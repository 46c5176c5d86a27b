"""Documents that a person attached to an application: chosen here, kept in `seeker`, read by leave."""
