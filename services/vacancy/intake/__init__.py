"""How a province's records come in: each is read, judged and answered with a receipt, and none holds up another."""
