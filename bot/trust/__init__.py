"""Who gets in, and how the bot proves who it is."""
