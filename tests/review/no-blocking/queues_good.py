# notes: silent
# Queues without a bound, put into where only their type is known.
from queue import Queue


async def passes(messages: Queue[str], text):
    messages.put(text)
    return messages.get()  # expect: blocking-queue


async def makes(text):
    messages: Queue[str] = Queue()
    await passes(messages, text)
