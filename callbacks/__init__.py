"""Promises: a ticket with its due time in office hours (bylaw §6.3). Pure; the store is a port."""
