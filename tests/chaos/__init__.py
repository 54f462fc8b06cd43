"""Bad days on purpose: every fault at every step of every story, with the real service in a process of its own.

    serve, voice, hall    the service as `halo serve` runs it, with a quick voice, in a hall that is open now
    supervisor            keeps it running as systemd does: restart, readiness, watchdog
    premises              all that a cell needs: Asterisk, a cable, the supervised service, a database
    faults                what is done to them, as small verbs that know when they are over
    scene, people         citizens and phones who insist, as people do
    steps                 how far a story has come when the fault strikes, and how its people go on
    invariants, record    what must be true afterwards, whatever happened
    cell, worker, report  one fault at one step; many of them side by side; what is printed

`script/chaos` runs the whole matrix; `test_sample.py` a few cells of it with every test run. ADR 24 says why so.
"""
