"""One small server a file, each run as a process of its own: ``FILE PORT METADATA_URL``.

Those of the other frameworks run in an environment of their own and import nothing of Almanac.
All answer a message with one reply, and a search with an empty result; all check the token.
"""
