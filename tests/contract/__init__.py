"""What every `Call`, `Leg`, `Talk` and `Line` promises: written once, run on three worlds.

memory          the in-memory world (virtual time)
fake-asterisk   our ARI code over a small fake Asterisk with real sockets
asterisk        our ARI code on a real Asterisk 22, with SIP phones

So a story that is tested in memory meets the same telephone in the hall.
"""
