"""After a restart: where each call stood by the record, who goes on with it, and how those end that are gone."""
