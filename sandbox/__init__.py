"""A strict local Microsoft 365: Entra sign-in, Graph mailboxes, and a page that plays Outlook.

:class:`sandbox.server.Sandbox` is the door. It knows nothing of the product, so that both can
only agree by way of Graph's own rules; ``docs/sandbox.md`` lists what is imitated, what is
simplified and what nobody outside Microsoft knows.
"""
