"""Accounts: who may sign in to the pages, with which roles, and who is signed in.

`api.accounts.accounts.Accounts` is what pages and the command line use; `api.accounts.signing_in.Gate` lets
people in; `api.accounts.oidc` asks the hall's identity provider. The records are `records.stores.accounts`.
"""
