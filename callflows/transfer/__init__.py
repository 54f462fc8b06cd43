"""The verified transfer: announced, rung, accepted, connected, heard: only then effective (bylaw §6.4)."""
