"""Pages on paper: from characters with their places, and ruling lines, to lines, tables and one text.

A PDF's characters and those that OCR sees take the same way: `marks` (characters and rules of a page) → `lines` and
tables (`ruled`, `aligned`) → `page` (their order on the page) → `pages` (what repeats goes, tables join over pages).
"""
