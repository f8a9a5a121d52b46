"""Sizes in logical pixels (the section "Look" of the design of the screens), and the shortest wait."""

FAMILY = "Atkinson Hyperlegible Next"
TEXT_PX = 14
LINE_PX = 21
SMALL_PX = 12
HEADING_PX = 18
TITLE_PX = 22
CORNER = 6
FAINT = 0.75  # how much of the quiet ink is left in words that are off
SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8 = 4, 8, 12, 16, 24, 32
TURN_MS = 5  # between two pieces of work that would hold up keys and mouse if they were one
