"""The doors: the only folder that knows Teams, botbuilder and aiohttp.web."""
