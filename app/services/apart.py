"""Long work of pure Python or of a library on one native thread of its own, so that the loop goes on.

What runs here: computing results, signals and statistics of big contests, PDF and XLSX files. The work takes and
returns plain values and never touches the database. At most `WAITING` pieces queue; more are refused ("busy").
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

import structlog

from app.models.engines import without_database
from quizzes.refusals import Rejected

log = structlog.get_logger()
Result = TypeVar("Result")
THREADS = 1
"""How many pieces of work run at once beside the loop."""
WAITING = 20
"""How many pieces of work may run or wait; one more is told `busy`."""
_places = threading.BoundedSemaphore(WAITING)


def apart(work: Callable[..., Result], *args: Any) -> Result:
    """The result of `work(*args)`, or the exception it raised; Rejected("busy") when too many wait."""
    if not _places.acquire(blocking=False):
        raise Rejected("busy")
    try:
        result, error = _threads()(_outcome, (work, args))
    finally:
        _places.release()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def beside(work: Callable[..., Any], *args: Any) -> None:
    """Begin `work(*args)` and go on at once; where there is no loop it is done now. What it raises is logged."""
    from gevent import monkey, spawn

    if monkey.is_module_patched("socket"):
        spawn(_logged, work, args)
    else:
        work(*args)


def _logged(work: Callable[..., Any], args: tuple[Any, ...]) -> None:
    try:
        work(*args)
    except Exception:
        log.exception("work beside a page failed", work=work.__name__)


def _outcome(work: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, BaseException | None]:
    """An error crosses the threads as a value: gevent would print each refusal as a crash."""
    before = without_database.set(True)
    try:
        return work(*args), None
    except BaseException as error:
        return None, error
    finally:
        without_database.reset(before)


@cache
def _threads() -> Callable[[Callable[..., Any], tuple[Any, ...]], Any]:
    from gevent import monkey

    if monkey.is_module_patched("socket"):
        from gevent.threadpool import ThreadPool

        return ThreadPool(THREADS).apply  # type: ignore[no-any-return]
    pool = ThreadPoolExecutor(THREADS, "apart")
    return lambda work, args: pool.submit(work, *args).result()
