"""What a person does with the desk, one named function each, and the ports through which they reach the world.

A service takes the `Desk` and values, and returns values; it knows no window, no SQL and no file.
"""
