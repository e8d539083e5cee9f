"""The two sides of a link: the team's book, and a calendar or contact folder in Outlook."""
