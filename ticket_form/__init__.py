"""The desk: serves the site, and takes tickets as it grows."""
