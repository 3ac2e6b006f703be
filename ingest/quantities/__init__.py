"""Quantities: every number with a unit in a document, where it stands, and whether it is a figure."""
