"""A clinic to practise on."""
