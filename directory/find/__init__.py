"""Find by words: matters, units and people by what citizens say and clerks type."""

from directory.find.finder import Answer, Finder, Finders, Hit

__all__ = ["Answer", "Finder", "Finders", "Hit"]
