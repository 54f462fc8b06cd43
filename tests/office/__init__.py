"""The whole house for tests and the demo: the real service on a real Asterisk, citizens and phones of SIPp."""
