"""Hub: the central side. A small service without state between the desks and the authority's PostgreSQL.

Its own door: no part of the desk imports it, and it imports nothing of the desk but the domain and the wire. What it
may do to the database are the functions of `migrations/central`, and each of them checks membership again.
"""
