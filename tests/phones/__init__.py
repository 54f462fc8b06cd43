"""Citizens and phones for tests and the demo: who acts, what goes over the wire, and what is heard.

    Citizen                    calls the hall by SIPp: `Sipp` runs a scenario of `scenarios/` and steers it
    Phone, PhoneCall           rings, answers, calls, holds, transfers by its own user agent: `sip/`
    acting                     what somebody at a phone does by himself, for each `Behaviour`
    Handset, Timeline          RTP out and in, and what came in as one recording
    Ear, Hearing, Clipbook     which known sounds, tones and music are heard, when, and how well they fit

Nothing here knows the service. `tests/unit/phones`, `tests/asterisk/test_phones.py` and `test_phones_at_work.py`
hold it to what it says; why it is made so is in ADR 9.
"""
