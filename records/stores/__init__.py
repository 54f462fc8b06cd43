"""Stores: who reads and writes which tables. Each takes a `records.database.Database`."""
