"""People and programs: command line, REST, health, metrics; and `bootstrap`, where the parts meet."""
