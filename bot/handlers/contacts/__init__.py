"""Contacts in chats, windows and messages."""
