"""Looks at everything that going live needs, and says what to do about what is wrong."""
