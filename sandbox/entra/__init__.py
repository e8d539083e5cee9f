"""Entra: discovery, the page where people sign in, tokens and the keys that sign them."""
