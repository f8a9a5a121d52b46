"""Sync: the desk's way to the hub over HTTPS, and nothing of what is sent.

The use case is `services.syncing`; here stand the transport (httpx, the system's proxy and certificate store), the
device's key and the signatures that renew a token.
"""
