"""Inventories as spreadsheets: out of the data files, and back into them."""
