"""The console: what an admin sees and does, at `/admin` and below `/api/admin`."""
