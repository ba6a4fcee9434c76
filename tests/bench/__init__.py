"""How fast, how safe, how small: `make bench` measures and compares; nothing here is a gate."""
