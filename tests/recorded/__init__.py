"""Shows as earlier versions played and judged them. A file that lies here is never changed: what it says stays true.

`python -m tests.recorded.record` adds the shows of the present rule version; it writes over nothing.
"""
