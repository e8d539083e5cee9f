"""Keeps a team's book and a Microsoft 365 folder in step, both ways.

A pass (:mod:`~services.sync.engine`) goes through four steps: :mod:`~services.sync.recover`,
:mod:`~services.sync.pull`, :mod:`~services.sync.plan`, :mod:`~services.sync.execute`. They share
:mod:`~services.sync.state`, decide by :mod:`~services.sync.rules`, compare and merge by
:mod:`~services.sync.content`, and reach the team and Outlook through :mod:`~services.sync.sides`.
Imports run one way: engine, execute, plan, pull, recover, state, rules, sides, content.
"""
