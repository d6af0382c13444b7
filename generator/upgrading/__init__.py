"""What earlier versions wrote, brought to the formats that this one reads: each migration is one step, in a list."""
