"""The soak: thousands of calls of every story, on real parts, and whether anything is left of them or lost.

town            the hall that is called: its menu, its clerks, and how each colleague behaves
serving         the service as a process of its own, so that it can be measured from outside
air, sounds     audio of many telephones through one socket; each sound is known by its packets
light_call      one call at one telephone, cheap enough for hundreds at once
citizen, wishes who calls, and what they want: one short story each
staff, deeds    clerks and colleagues, and what a clerk does with the caller
traffic         one call after another at a steady rate
gauges          what a process and a PBX hold: memory, descriptors, tasks, channels, bridges
ledger, record  what the callers lived through; what the database says of the same calls
balance         the two beside each other, and the beginning beside the end
"""
