"""Property tests here have no deadline: the machine may be busy with a PBX."""

from hypothesis import settings

settings.register_profile("callbacks", deadline=None)
settings.load_profile("callbacks")
