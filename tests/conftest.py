"""What every test may use: a real Asterisk, a real PostgreSQL."""

pytest_plugins = ["tests.pbx.fixtures"]
