# notes: silent
# What looks like blocking and is not; a note at most.
import asyncio
import gzip
import io
import multiprocessing
import queue
import socket
import subprocess
import tarfile
import threading
import time
import urllib.request
import zipfile
from pathlib import Path
from queue import Queue

import boto3
import pandas

NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class Session:
    def __init__(self):
        self.sent: Queue[str] = Queue()
        self.received: Queue[str] = Queue(4)

    async def send(self, text):
        self.sent.put(text)

    async def receive(self):
        while self.received.empty():  # expect: polling-sleep
            await asyncio.sleep(1)
        return self.received.get()

    async def full(self, text):
        self.received.put(text)  # expect: blocking-queue


async def results(answers: multiprocessing.Queue):
    answers.put("done")


async def addresses(host):
    socket.getaddrinfo(host, 80, flags=socket.AI_NUMERICHOST)
    socket.getaddrinfo(host, 80, flags=NUMERIC)
    return socket.getaddrinfo(host, 80)  # expect: blocking-socket


def ask_loop(work, loop):
    return asyncio.run_coroutine_threadsafe(work, loop).result()


async def asks(work, loop):
    ask_loop(work, loop)
    asyncio.run_coroutine_threadsafe(work, loop).result()  # expect: blocking-join


def close(thread: threading.Thread):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        thread.join()


def stop(thread: threading.Thread, join_at_end=True):
    if join_at_end:
        thread.join()


async def closes(thread: threading.Thread):
    close(thread)
    stop(thread, join_at_end=False)
    stop(thread)  # expect: blocking-join


async def packs(path):
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w")
    return zipfile.ZipFile(path)  # expect: blocking-file


async def waits(process: subprocess.Popen, path: Path, client):
    while process.poll() is None:
        await asyncio.sleep(0.1)
    while not path.exists():
        await asyncio.sleep(0.1)
    while (await client.state()) != "ready":
        await asyncio.sleep(0.1)
    while client.state != "ready":  # expect: polling-sleep
        await asyncio.sleep(0.1)


def spin(flag):
    while not flag.is_set():
        pass


async def spins(flag):
    spin(flag)  # expect: busy-poll


async def reaps(process: subprocess.Popen):
    while process.poll() is None:
        await asyncio.sleep(0.1)
    process.wait()


def evict(seen):
    while len(seen) > 10 and seen.pop():
        pass


async def evicts(seen):
    evict(seen)


def from_data(text):
    if not text.startswith("data:"):
        raise ValueError(text)
    return urllib.request.urlopen(text)


async def decodes(text):
    from_data(text)
    urllib.request.urlopen(text)  # expect: blocking-http


async def until(end, clock, process):
    while (left := end - clock()) > 0:
        await asyncio.sleep(min(left, 5))
    while (code := process.returncode) is None:
        await asyncio.sleep(0.1)
    return code


async def in_memory(text, path):
    pandas.read_csv(io.StringIO(text))
    with tarfile.open(mode="r", fileobj=io.BytesIO(text)) as archive:
        archive.getnames()
        archive.extractall(path)  # expect: blocking-file
    pandas.read_csv(path)  # expect: blocking-file
    return gzip.open(io.BytesIO(text)).read()


def own_address():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("192.0.2.1", 80))
        return sock.getsockname()[0]


async def datagrams():
    own_address()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    return sock.recvfrom(1024)  # expect: blocking-socket


class Bucket:
    def refill(self):
        self.tokens += time.monotonic() - self.last
        return self.tokens >= 1

    async def token(self):
        while not self.refill():
            await asyncio.sleep(0.1)


async def until_told(is_done):
    async def wait():
        while not is_done():
            await asyncio.sleep(0.1)

    await wait()


async def test_that_polls(seen):
    while not seen:
        await asyncio.sleep(0.1)


async def keeps_going(client):
    while client.loop_misc() == 0:
        await asyncio.sleep(1)
    while client.get_state() != 1:  # expect: polling-sleep
        await asyncio.sleep(1)


class TwoColours:
    def fetch(self, url):
        if self.colour == "async":
            return self.client.get(url)
        return urllib.request.urlopen(url)

    def post(self, url):
        if not self.is_async:
            return urllib.request.urlopen(url)
        return self.client.post(url)

    def load(self, url):
        if self.is_fast:
            return self.client.get(url)
        return urllib.request.urlopen(url)

    async def go(self, url):
        await self.fetch(url)
        await result(self.fetch(url))
        await result(self.post(url))
        await result(self.load(url))  # expect: blocking-http


async def tries(lock):
    while not lock.acquire(blocking=False):
        await asyncio.sleep(0.01)


async def links(name):
    client = boto3.client("s3")
    client.get_object(Key=name)  # expect: blocking-http
    link = client.generate_presigned_url("get_object", {"Key": name})
    client.close()
    return link


def flag(wait):
    threading.Event().wait(wait)


async def does_not_wait(ready):
    flag(wait=0)
    flag(wait=1)  # expect: blocking-lock
