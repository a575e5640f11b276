"""How the site is run: settings, addresses, servers. Knows nothing of cooperation."""
