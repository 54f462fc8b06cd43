"""Real Asterisk and real PostgreSQL as test fixtures, many at once and each on its own."""
