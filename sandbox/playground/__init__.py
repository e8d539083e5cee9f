"""The Microsoft 365 Agents Playground, started and stopped with the demo."""
