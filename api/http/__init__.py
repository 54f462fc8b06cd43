"""The API over HTTP: health, metrics, and what happened on the line, read-only today.

`api.http.app.build_app` makes the aiohttp application of `api.http.parts.Parts`; one table of routes
(`api.http.routes`) is what is served, what is checked, and what `/openapi.json` says.
"""
