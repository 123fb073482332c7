"""Measurements that anyone can run again: ``make bench`` (speed) and ``make evaluate`` (quality)."""
