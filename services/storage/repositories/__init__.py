"""Typed doors to what is kept: each speaks the model, none shows a sealed byte."""
