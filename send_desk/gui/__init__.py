"""The window: Qt widgets over the services, and the only package that speaks Qt.

Storage is reached through `Jobs`, a pool of one thread: frozen snapshots go in, frozen answers come back on the GUI
thread, and no widget, row or session crosses. The atoms (theme, glyphs, strip, week bar, thread map, words, rows,
panes) know nothing of a case; the pages put them together.
"""
