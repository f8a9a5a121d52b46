"""Files in: the words of PDF and Word papers by page, and the tables of CSV and Excel lists.

What comes from outside is opened in a child process with limits on time and memory, because a damaged or malicious
file may crash or fill whatever opens it: `child` starts it and never fails, `worker` is what runs there, `limits` is
the one place that knows the operating system. Bytes go in by a pipe and words come back by a pipe; nothing is written
to disk. CSV is read in place: it has no structure that could do harm.
"""
