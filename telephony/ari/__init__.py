"""Asterisk by ARI: the only code that knows what a channel is. Built on aioari; see docs/adr."""
