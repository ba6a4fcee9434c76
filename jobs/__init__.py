"""The clock's edge: plan what has become due, deliver it, prune what is settled."""
