"""The city's labour statistics (IPK; Kepdirjen 268/PPTK/XII/2012): a ledger of what counts, and its months."""
