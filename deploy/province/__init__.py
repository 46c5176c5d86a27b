"""A province to try the exchange with: it sends vacancies, reads receipts, follows the city's, compares its books.

It speaks only JSON and Kafka, as a real one would: nothing of the city's code is imported here.
"""
