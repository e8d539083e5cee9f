"""What the bot does when it is asked: one file a subject, each a few rows of the router's table.

:mod:`bot.table` puts all of them in.
"""
