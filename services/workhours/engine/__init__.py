"""One rule pack over the orders of all owned partitions, in columns: events in, news out.

Open ``engine`` first; then the judges, one a kind of rule; ``stating`` makes findings of what they see.
"""
