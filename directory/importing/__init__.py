"""Lists of other offices' making, turned into changes of the hall: rules alone, no file and no database.

The way of an import: a reader makes `sheets` (rows of cells with their places) of a file; `headings` and `columns`
guess what each column means, for the administrator to confirm; `rows` makes an `Entry` of every row that speaks of
somebody or something; `plan` turns entries into a new hall and its changes. Another source (LDAP) begins with entries.
Nothing is guessed silently: whatever had to be decided is a finding, with file, row, column, what was read, why it is
doubtful and how to mend it. What cannot be decided is a fault, and nothing is imported.
"""
