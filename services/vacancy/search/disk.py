"""The index on this replica's own disk: opened or begun anew, changed by one thread, read by all.

Everything lies in one subfolder whose name tells how its terms were made. Only folders of that name are ever
removed, so that a mistaken setting cannot cost somebody's files.
"""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import tantivy

from services.vacancy.search.documents import LAYOUT, document, schema, searchable
from services.vacancy.search.snapshot import Labels, Snapshot
from services.vacancy.search.words import fingerprint
from shared import log

T = TypeVar("T")
HEAP_BYTES = 15_000_000  # the least that the writer takes, for its one thread
# What vacancies are called is read anew with each commit while they are few, else now and then.
FEW, LABELS_SECONDS, MOST_LABELS = 2_000, 30.0, 20_000
_PREFIX = "vacancies-"


class SearchFolderInUse(RuntimeError):
    """Another process writes to this folder: each replica of the API needs its own CAKER_SEARCH_DIR."""


class IndexBroken(RuntimeError):
    """The index on disk cannot be read or written; it has to be built again."""


def sound(work: Callable[..., T], *args: Any) -> T:
    """`work(*args)`; a failure of the index is `IndexBroken`, a panic of its native code included (which is no
    `Exception` and would pass every handler)."""
    try:
        return work(*args)
    except (ValueError, OSError) as error:
        raise IndexBroken from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexBroken from None


class Disk:
    """Not safe in several threads, but for `snapshot`, which is replaced at each commit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._home = folder / f"{_PREFIX}{LAYOUT}-{version('tantivy')}-{fingerprint()}"
        self._index: Any = None
        self._writer: Any = None
        self._dirty = False
        self._put: set[str] = set()  # since the last commit
        self._labels, self._labelled_at = Labels(), float("-inf")
        self.snapshot: Snapshot | None = None

    def open(self) -> None:
        """Open what is there; what cannot be read is begun anew. Raises `SearchFolderInUse`."""
        self._forget_others()
        try:
            sound(self._open)
        except IndexBroken:
            log.get().warning("search_index_unreadable")
            self.begin_anew()

    def begin_anew(self) -> None:
        self._release()
        shutil.rmtree(self._home, ignore_errors=True)
        sound(self._open)

    def versions(self) -> dict[str, int]:
        """Every vacancy in the index with its version."""
        assert self.snapshot
        searcher = self.snapshot.searcher
        if not searcher.num_docs:
            return {}
        hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
        stored = (searcher.doc(address) for _, address in hits)
        return {row["id"][0]: row["version"][0] for row in stored}

    def put(self, vacancies: Iterable[dict[str, Any]], gone: Iterable[str]) -> None:
        """Index these as they are now; forget `gone` and those that are not to be found any more."""
        assert self.snapshot
        forgotten = list(gone)
        for vacancy in vacancies:
            if made := _made(vacancy):
                # The writer keeps every deletion until the commit: none is asked for that has nothing to delete.
                if vacancy["_id"] in self._put or self.snapshot.searcher.doc_freq("id", vacancy["_id"]):
                    self._writer.delete_documents_by_term("id", vacancy["_id"])
                self._put.add(vacancy["_id"])
                self._writer.add_document(made)
                self._dirty = True
            else:
                forgotten.append(vacancy["_id"])
        for id in forgotten:
            if id in self._put or self.snapshot.searcher.doc_freq("id", id):
                self._writer.delete_documents_by_term("id", id)
                self._dirty = True

    def commit(self) -> None:
        """Make what was put findable; nothing where nothing was."""
        if self._dirty:
            self._writer.commit()
            self._dirty, self._put = False, set()
            self._show()

    def close(self) -> None:
        """Commit, and let another process have the folder."""
        if self._writer:
            self.commit()
            self._writer.wait_merging_threads()
        self._release()

    def _open(self) -> None:
        self._home.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(schema(), path=str(self._home))
        self._index.config_reader("manual")
        try:
            self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            raise SearchFolderInUse(str(self._folder)) from None
        self._dirty, self._put = False, set()
        self._show()
        self.versions()  # reads every stored document once: a torn file shows here and not in a search

    def _show(self) -> None:
        self._index.reload()
        made = Snapshot(schema=self._index.schema, searcher=self._index.searcher(), labels=self._labels)
        if made.count < FEW or time.monotonic() - self._labelled_at > LABELS_SECONDS:
            self._labels, self._labelled_at = made.labelled(most=MOST_LABELS), time.monotonic()
            made = replace(made, labels=self._labels)
        self.snapshot = made

    def _release(self) -> None:
        self._writer = self._index = None

    def _forget_others(self) -> None:
        """Indexes that were made in another way."""
        with contextlib.suppress(OSError):
            for other in self._folder.glob(f"{_PREFIX}*"):
                if other != self._home:
                    shutil.rmtree(other, ignore_errors=True)


def _made(vacancy: dict[str, Any]) -> Any:
    """Its document, or None where it is not to be found. One that cannot be read must not hide all the others."""
    if not searchable(vacancy):
        return None
    try:
        return document(vacancy)
    except Exception as error:
        log.get().error("search_vacancy_unreadable", aggregate=vacancy["_id"], exc_info=error)
        return None
