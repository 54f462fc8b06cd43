"""The floor: clerks who are ready and callers who wait, and who is offered to whom."""
