"""Settings, urls, API and servers: outside and above the product, which never imports it."""
