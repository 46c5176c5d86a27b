"""The whole system as processes on one computer: `python -m deploy.local`."""
