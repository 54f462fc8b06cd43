"""The pages of the directory: search and browse, change with history, who is away, and what needs mending."""
