"""The only writers: of trainings, and of people's places in them."""
