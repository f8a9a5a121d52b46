"""SEND Desk: Education, Health and Care plans written offline, with no contribution missed.

::

    __main__                                  the door: arguments in, an exit status out
        |
    bootstrap                                 the one place that knows every part
        |
    gui    cli    storage   documents   readers       adapters: none imports another
        |
    services                                  use cases, and the ports that adapters fit
        |
    domain    paths                           values, rules and law, pure; where files lie

Arrows point down only; the import contracts in ``pyproject.toml`` say so in sentences, and each package's own
docstring tells its part. What a rule needs from outside (the day, identities, files) is passed in from above: the
domain and the services know no clock, no disk and no framework.
"""

__version__ = "0.1.0"
