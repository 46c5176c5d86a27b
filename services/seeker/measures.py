"""What operators watch of `seeker` alone."""

from prometheus_client import Counter

scanned = Counter("caker_documents_scanned_total", "documents that the scanner has judged", ["outcome"])
