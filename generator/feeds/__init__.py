"""What the site holds for programs: calendars, the inventory as JSON, a feed of changes, a guide for assistants."""
