# notes: silent
# A sync client made of an async one: its coroutines never meet a loop.
import socket
import threading
import time


class Client:
    def __init__(self):
        self.lock = threading.Lock()

    async def sleep(self, seconds):
        time.sleep(seconds)

    async def connect(self, host):
        with self.lock:
            await self.sleep(1)
            return socket.getaddrinfo(host, 80)

    def run(self, coro):
        try:
            coro.send(None)
        except StopIteration as end:
            return end.value
