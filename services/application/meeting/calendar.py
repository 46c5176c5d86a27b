"""An interview as a calendar file, so that the telephone reminds, too."""

from datetime import timedelta

from services.application.views import ApplicationView

LASTS = timedelta(hours=1)
MIME = "text/calendar; charset=utf-8"


def calendar_file(application: ApplicationView) -> bytes | None:
    """The same file however often it is asked for; an interview at another time replaces the one before."""
    from icalendar import Alarm, Calendar, Event  # only whoever asks for a file needs it

    interview = application.interview
    if interview is None:
        return None
    event = Event()
    event.add("uid", f"{application.id}@si-caker")
    event.add("sequence", application.version)
    event.add("dtstamp", application.updated_at)
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.starts_at + LASTS)
    event.add("summary", f"Wawancara: {application.vacancy.title}, {application.vacancy.employer_name}")
    event.add("location", interview.place or "")
    event.add("description", f"{application.number}. {interview.contact or ''}".strip())
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Wawancara")
    alarm.add("trigger", -timedelta(hours=2))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Si-Caker//Kota Madiun//ID")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
