"""Values turned into words for a voice: digits, times, hours, waits, in each language of the line.

What a language must be able to say stands in `language.Spoken`; Polish and English are folders of the same files.
Whatever is written in the hall's own data is Polish, and only Polish expands its abbreviations (`pl.expansion`).
"""

from callflows.spoken.language import Spoken, spoken_in

__all__ = ["Spoken", "spoken_in"]
