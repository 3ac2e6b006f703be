"""Jixiao's ingest: from a report's file to loaded figures.

The path is one folder a step: documents → quantities → figures → warehouse.
"""
