"""Jixiao's ingest: from a report's file to loaded figures.

The path is one folder a step: documents → quantities → figures → warehouse.
"""

# Changes whenever the extraction may read a document differently: loaded documents are then read again.
EXTRACTOR_VERSION = "0.1.0"
