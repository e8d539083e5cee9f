"""People, their organisations and places: settings, data, comings and goings."""
