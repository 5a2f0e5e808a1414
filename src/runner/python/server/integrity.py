"""Notices when the functions and classes that a verdict rests on are replaced.

Tamper-evident, not tamper-proof: who puts everything back in time is not noticed.
"""

import sys
import types

_WATCHED = {"_pytest", "asyncio", "builtins", "harness", "pluggy", "pytest", "pytest_asyncio"}
_CODE = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)
_HOLDERS = (classmethod, staticmethod, property)


def modules():
    """The modules that are watched, with the names that they are imported by."""
    return [(name, module) for name, module in list(sys.modules.items()) if name.partition(".")[0] in _WATCHED]


def snapshot():
    """What is there now: `[(owner's name, its dict, {name: (value, code)})]`."""
    taken = []
    seen = set()
    for name, module in modules():
        if isinstance(module, types.ModuleType):
            taken.append((name, module.__dict__, _of(module.__dict__)))
            for value in list(module.__dict__.values()):
                if isinstance(value, type) and value.__module__.partition(".")[0] in _WATCHED and value not in seen:
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
