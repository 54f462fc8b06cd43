"""Invented lists of other offices, messy on purpose, with what an import must make of them cell by cell."""
