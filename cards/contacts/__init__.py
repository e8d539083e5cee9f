"""Contacts and their lists: cards, forms, groups, and who is there twice."""
