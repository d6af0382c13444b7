"""What follows from the data, counted: pure functions from a Playbook to frozen results."""
