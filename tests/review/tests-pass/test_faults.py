# Tests that cannot fail, or do not run.
import asyncio
import unittest
from unittest.mock import AsyncMock

import pytest


async def is_ready():
    return True


async def test_unmarked():  # expect: async-test-unmarked
    assert await is_ready()


@pytest.mark.asyncio
async def test_always_true():
    assert is_ready()  # expect: assert-coroutine


@pytest.mark.asyncio
async def test_nothing(app):  # expect: test-without-assert
    await app.start()


@pytest.mark.asyncio
async def test_slow(app):
    await asyncio.sleep(5)  # expect: real-sleep-in-test
    assert app.done


@pytest.mark.asyncio
async def test_double(service):
    save = AsyncMock()
    await service(save)
    save.assert_called_once()  # expect: mock-not-awaited


class TestOld(unittest.TestCase):
    async def test_never_runs(self):  # expect: async-test-unmarked
        assert await is_ready()


class TestNew(unittest.IsolatedAsyncioTestCase):
    async def test_runs(self):
        assert await is_ready()


@pytest.fixture
async def client():  # expect: async-fixture-strict
    return 1
