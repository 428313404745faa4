"""The routes, one file a page. Together with ``api.py`` they are the portal's API layer."""
