"""Our ARI line on a real Asterisk, with SIP actors: the third world of the contract suite. Nothing is faked.

It stands here because it shows the same face as the two fakes beside it, and holds them to the truth.
"""

from tests.fakes.asterisk_real.world import RealWorld

__all__ = ["RealWorld"]
