"""The files that the program itself writes and reads back: reader and writer side by side."""
