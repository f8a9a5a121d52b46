"""The command line: words in, one answer out, as interface.md pins it.

Each command is a function of its arguments and the `World`, and returns an `Answer`: a document, the same in words, and
an exit status. Nothing here opens a file of the home, draws or speaks SQL; the `World` is built by `bootstrap`.
"""
