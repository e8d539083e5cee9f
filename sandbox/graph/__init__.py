"""Microsoft Graph v1.0: one resource a file, behind one door that checks every request."""
