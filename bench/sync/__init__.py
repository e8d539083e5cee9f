"""Measurements of the sync: ``python -m bench.sync``."""
