"""Measurements against other ways to build the same bot; ``make bench`` runs them all."""
