"""What people type, read: kinds, days, amounts, people, whole log lines."""
