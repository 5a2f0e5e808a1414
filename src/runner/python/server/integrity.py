"""Notices when the functions and classes that a verdict rests on are replaced.

Tamper-evident, not tamper-proof: who puts everything back in time is not noticed.
"""

import sys
import types

_WATCHED = {
    *("_pytest.fixtures", "_pytest.outcomes", "_pytest.python", "_pytest.runner", "_pytest.unraisableexception"),
    *("_pytest.warnings", "pluggy._callers", "pluggy._hooks", "pytest", "pytest_asyncio.plugin"),
    *("asyncio", "asyncio.base_events", "asyncio.events", "asyncio.locks", "asyncio.queues", "asyncio.runners"),
    *("asyncio.taskgroups", "asyncio.tasks", "asyncio.timeouts", "builtins", "time"),
}
"""What a verdict rests on, beside the harness. Each object that is looked at costs a fork a part of a page of memory of its
own, so it is not all of pytest and asyncio."""

_CODE = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)
_HOLDERS = (classmethod, staticmethod, property)


def modules():
    """The modules that are watched, with the names that they are imported by."""
    watched = (name for name in list(sys.modules) if name in _WATCHED or name.partition(".")[0] == "harness")
    return [(name, sys.modules[name]) for name in watched]


def snapshot():
    """What is there now: `[(owner's name, its dict, {name: (value, code)})]`."""
    taken = []
    seen = set()
    for name, module in modules():
        if isinstance(module, types.ModuleType):
            taken.append((name, module.__dict__, _of(module.__dict__)))
            for value in list(module.__dict__.values()):
                if isinstance(value, type) and value.__module__ == name and value not in seen:
                    seen.add(value)
                    taken.append((f"{value.__module__}.{value.__qualname__}", value.__dict__, _of(value.__dict__)))
    return taken


def _of(members):
    kinds = (*_CODE, *_HOLDERS, type)
    kept = ((name, value) for name, value in list(members.items()) if isinstance(value, kinds))
    return {name: (value, getattr(value, "__code__", None)) for name, value in kept}


def changes(before):
    """What was replaced since, as sentences; `before` is a `snapshot` and the `modules` of that time."""
    before, known = before
    found = [f"the module `{name}` was replaced" for name, module in known if sys.modules.get(name) is not module]
    for owner, members, kept in before:
        for name, (value, code) in kept.items():
            now = members.get(name)
            if now is not value or (code is not None and now.__code__ is not code):
                found.append(f"`{owner}.{name}` was replaced")
    return found
