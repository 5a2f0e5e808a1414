"""A fake server whose connections, like those of real database and HTTP clients, are driven by a background task on the loop
that opened them, and die with it."""

import asyncio

from .timeline import Timeline


class Server:
    """A server that answers every question with "?", and knows which loops talked to it."""

    def __init__(self):
        self._timeline = Timeline.current()
        self._answers = {}
        self._loops = []
        self._outside = 0
        self._connections = []
        self._asked = []

    def answers(self, question, answer):
        """What it answers to this question."""
        self._answers[question] = answer
        return self

    async def connect(self):
        """Opens a connection, driven by a task on the loop that awaits this."""
        loop = self._meet_loop()
        connection = Connection(self, loop, len(self._connections) + 1)
        self._connections.append(connection)
        return connection

    def loops(self):
        """How many different loops awaited something of this server."""
        return len(self._loops)

    def polled_outside(self):
        """How often something of this server was run where there was no loop."""
        return self._outside

    def connections(self):
        """How many connections were opened."""
        return len(self._connections)

    def left_open(self):
        """Connections whose background task was left without an end, because their loop was neither run on nor ended as
        `asyncio.run` ends one."""
        return sum(not connection._drive.done() for connection in self._connections)

    def asked(self):
        """The questions that were answered, in order."""
        return list(self._asked)

    def _meet_loop(self):
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._outside += 1
            raise
        if loop not in self._loops:
            self._loops.append(loop)
            self._timeline.mark(f"loop {len(self._loops)}")
        return loop


class Connection:
    """An open connection. It lives on the loop that opened it."""

    def __init__(self, server, loop, number):
        self._server = server
        self._loop = loop
        self._questions = asyncio.Queue(1)
        self._drive = loop.create_task(self._answer_questions(number))

    async def ask(self, question):
        """Asks the server. Raises `ConnectionError` when the loop that opened the connection has ended."""
        loop = self._server._meet_loop()
        with self._server._timeline.begin(f"ask {question}"):
            if self._drive.done():
                raise ConnectionError("connection lost: the loop that opened it has ended, and its background task with it")
            if loop is not self._loop:
                raise RuntimeError("this connection is bound to a different event loop")
            answer = loop.create_future()
            await self._questions.put((question, answer))
            return await answer

    async def _answer_questions(self, number):
        with self._server._timeline.begin(f"connection {number}"):
            while True:
                question, answer = await self._questions.get()
                self._server._asked.append(question)
                # Nobody waits for it any more where the caller was cancelled, which is no fault of the server.
                if not answer.done():
                    answer.set_result(self._server._answers.get(question, "?"))
