"""Tests that look at the built site with a browser, as its readers do."""
