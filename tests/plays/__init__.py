"""Random plays: callers, clerks and colleagues act at random; whatever they do, nobody is lost.

`script` is what can be done and how it is drawn; `company` does it in the in-memory world; `ears` listens for silence
meanwhile; `record` judges the journal afterwards.
"""
