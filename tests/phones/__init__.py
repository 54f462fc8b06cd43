"""Citizens and phones for tests and the demo: SIP by SIPp, audio and keys over RTP of our own, and hearing.

    Citizen, Phone      who acts: they dial, ring, answer, press keys, speak, hang up; `acting` knows each Behaviour
    Ear                 waits until something is heard: a prompt, a tone, music, silence
    Hearing, Clipbook   which known sounds are in a recording, when, and how well they fit
    Handset, Timeline   RTP out and in, and what came in as one recording
    Sipp, scenarios/    one SIPp process, steered while it runs

Nothing here knows the service. `tests/unit/phones` and `tests/asterisk/test_phones.py` hold it to what it says.
"""
