"""Measurements anyone can run again: ``make bench`` for speed, ``make evaluate`` for quality."""
