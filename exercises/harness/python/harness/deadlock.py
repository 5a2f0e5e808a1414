"""The end of a test that nothing could ever wake."""


class Deadlock(RuntimeError):
    """No task is ready, no timer is left, and no job of an executor runs: everything waits for what never comes."""

    def __init__(self):
        super().__init__("nothing was left that could wake the test: every task waits for something that never comes")
