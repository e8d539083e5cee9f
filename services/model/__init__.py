"""The words of the house as frozen data. Standard library only; imports nothing above it."""
