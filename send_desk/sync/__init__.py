"""The desk's way to its hub: HTTPS calls that answer `services.office`, and the laptop's own key.

Nothing here knows the store or decides what is sent. One connection is kept alive; every trouble of a network becomes
words that name no child; what really went over the wire is counted.
"""
