"""The hall, and nothing of telephones: units, matters, people, hours, and who is competent right now.

Pure: no I/O but reading the hall's own files (`directory.load`), no clock but the time it is handed.
"""
