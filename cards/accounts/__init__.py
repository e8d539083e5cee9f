"""A person's Microsoft account: connection, links, and what a sync has to ask."""
