"""What items say: how two contents are compared and merged. Pure; knows neither side."""
