"""The employer's desk: internal notes, decisions that wait for their hour, many at once, the list as a table.

Nothing of it is ever part of an application: what stands here has collections of its own, which no page, message or
event of the seeker reads.
"""
