"""The hall's own directory of accounts (Active Directory, OpenLDAP), read to keep the people here up to date.

    settings ──> search ──> ldif ──> entries ──> directory.importing ──> sync ──> api.directory_editing

Read-only: nothing here can write to it. What an attribute says goes through the same rules as a list in a spreadsheet.
"""
