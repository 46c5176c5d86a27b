"""What people see of trainings and of places in them."""
