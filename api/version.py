"""The version of this service, as its installed package says."""

from importlib.metadata import version

VERSION = version("halo-urzad")
