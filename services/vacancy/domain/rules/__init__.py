"""What makes an officer look twice at a vacancy: one table of rules, and the words that each looks for."""
