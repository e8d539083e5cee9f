"""What contact lists hold: contacts, their groups, pictures and dates, and who is in them twice."""
