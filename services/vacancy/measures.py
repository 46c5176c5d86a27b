"""What operators watch of the exchange with a province, beside what every process shows."""

from prometheus_client import Counter, Gauge

records = Counter("caker_province_records_total", "inbound records answered", ["province", "status"])
list_at = Gauge("caker_province_list_at_seconds", "when this process last sent the whole list")
listed = Gauge("caker_province_listed", "vacancies on that list")
