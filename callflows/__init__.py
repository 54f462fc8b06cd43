"""What happens to a caller: stories, the transfer table, facts, and the texts of the prompts.

No ARI, no HTTP, no SQL: a story talks to a `telephony.call.Call`, asks the `directory`, and states facts.
"""
