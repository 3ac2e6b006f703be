"""Reading and extraction as jobs, in this process or in others: one file or member in, one answer out.

`jobs` is what is asked and answered, `reading` does the work, `pool` has other processes do it within limits.
"""
