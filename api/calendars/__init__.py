"""Calendars of the hall's people, read from outside: busy hours become absences, and nothing else is kept."""
