"""The desk's encrypted home on this laptop: the log of revisions, kept text, and what is projected from them.

Answers `services.ports.Store`. Rows, SQL and keys stop here; domain values go in and come out. The truth is the log
(`revision`) with the words in work beside it (`kept`) and the attachments (`blob`); records, the list of cases and the
search index are projections that `rebuild` makes anew. One process at a time may write; others may read.
"""
