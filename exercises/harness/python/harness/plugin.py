"""The harness as a plugin of pytest: the mark `virtual_time`, loops that are watched, a fresh timeline for each test.

pytest-asyncio runs the tests; this says only which loop it makes for them.
"""

import pytest

from . import expectation, protocol, timeline
from .loops import VirtualLoop, WatchedLoop


def pytest_configure(config):
    config.addinivalue_line("markers", "virtual_time: time passes only when every task waits for it")


def pytest_asyncio_loop_factories(config, item):
    virtual = item.get_closest_marker("virtual_time") is not None
    return {"loop": VirtualLoop if virtual else WatchedLoop}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    expectation.forget_failures()
    timeline.start()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    try:
        return (yield)
    finally:
        protocol.emit({"event": "phase", "phase": "body-ended"})
