"""The wall to Microsoft Graph and Entra: the only place that knows their words."""
