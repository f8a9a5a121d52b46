"""Wire: what a desk and the hub say to one another, and nothing of how either keeps it.

Messages are msgpack under zstd; revisions travel as columns, their fields as the very bytes the writer's desk stored.
Both sides import this room, so that neither has a second idea of a revision's digest, a cursor or a limit.
"""
