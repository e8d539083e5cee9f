"""Keeps a team's book and a Microsoft 365 folder in step, both ways."""
