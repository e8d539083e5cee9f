"""Pictures: pure functions from the model and a viewer to an Adaptive Card as plain JSON."""
