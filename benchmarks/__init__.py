"""How many calls the line carries, what each costs, and how long callers wait: `script/bench`, docs/measurements.md."""
