"""What people go through, told from the log that rules keep: as a table, as stories, and side by side."""
