"""Fetching: from a list of sources to files that are kept by their content, with where and when each came from.

In: `sources.csv`. Out: the folder `$JIXIAO_HOME/fetched/`, from which a rebuild loads. Touches neither database.
"""
