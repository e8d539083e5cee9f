"""A person's Microsoft account, and what of it is kept in step with what."""
