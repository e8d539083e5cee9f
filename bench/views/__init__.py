"""How long a picture of a full calendar takes."""
