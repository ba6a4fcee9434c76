"""The database's versions. Migrations only add; what is removed goes one release later."""
