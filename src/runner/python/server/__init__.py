"""Runs hidden tests, each in a fork of a process that has imported pytest and pytest-asyncio once."""
