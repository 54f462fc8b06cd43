"""The talk: a caller and whoever has them, until they part or the caller is handed over (bylaw §6.4)."""
