"""A person's Microsoft account and links."""
