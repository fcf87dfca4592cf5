"""Files that survive a kill at any point: one file for each document, in one folder, under one lock.

Every change is one rename or one unlink, so that whatever happens the folder holds the state before or the state
after it, and nothing has to be repaired. Replacing everything is one rename too: `store.json` names the folder
that counts.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Protocol

from kg.graph.terms import digest
from kg.model import KgError

MANIFEST: Final = "store.json"
_LOCK, _SUFFIX, _ASIDE = "lock", ".nq", ".aside~"
_LONGEST_NAME = 200


class Shelf(Protocol):
    """Where a store keeps its documents, by key."""

    settings: dict[str, Any]

    @property
    def writable(self) -> bool:
        """Whether something can be kept."""
        ...

    def keys(self) -> list[str]:
        """Name what there is, sorted."""
        ...

    def read(self, key: str) -> bytes | None:
        """Return a document's bytes, or None if there is none."""
        ...

    def head(self, key: str) -> bytes | None:
        """Return the first line of a document's bytes."""
        ...

    def write(self, key: str, content: bytes) -> None:
        """Put a document in, or in the place of the one there."""
        ...

    def delete(self, key: str) -> None:
        """Take a document out."""
        ...

    def replace_all(self, contents: Iterable[tuple[str, bytes]], settings: dict[str, Any]) -> int:
        """Put these in the place of everything, unless there are none; return their number."""
        ...

    def note(self, name: str) -> bytes:
        """Return what is kept beside the documents under a name; nothing if there is nothing."""
        ...

    def keep(self, name: str, content: bytes) -> None:
        """Keep something beside the documents, whatever becomes of them."""
        ...

    def state(self) -> bytes:
        """Stand for the documents as they are now; nothing if that cannot be told."""
        ...

    def close(self) -> None:
        """Let others write."""
        ...


class MemoryShelf:
    """Documents in memory, gone with the process."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self._contents: dict[str, bytes] = {}
        self._notes: dict[str, bytes] = {}

    def keys(self) -> list[str]:
        """Name what there is, sorted."""
        return sorted(self._contents)

    def read(self, key: str) -> bytes | None:
        """Return a document's bytes, or None if there is none."""
        return self._contents.get(key)

    def head(self, key: str) -> bytes | None:
        """Return the first line of a document's bytes."""
        content = self._contents.get(key)
        return content if content is None else content.partition(b"\n")[0]

    def write(self, key: str, content: bytes) -> None:
        """Put a document in, or in the place of the one there."""
        self._contents[key] = content

    def delete(self, key: str) -> None:
        """Take a document out."""
        del self._contents[key]

    def replace_all(self, contents: Iterable[tuple[str, bytes]], settings: dict[str, Any]) -> int:
        """Put these in the place of everything, unless there are none; return their number."""
        found = dict(contents)
        if found:
            self._contents, self.settings = found, settings
        return len(found)

    def note(self, name: str) -> bytes:
        """Return what is kept beside the documents under a name; nothing if there is nothing."""
        return self._notes.get(name, b"")

    def keep(self, name: str, content: bytes) -> None:
        """Keep something beside the documents, whatever becomes of them."""
        self._notes[name] = content

    @property
    def writable(self) -> bool:
        """Always."""
        return True

    def state(self) -> bytes:
        """Nothing: what is worked out from documents in memory is quickly worked out again."""
        return b""

    def close(self) -> None:
        """Nothing to let go."""


class FolderShelf:
    """Documents as files of a folder, with one writer at a time."""

    def __init__(self, folder: Path, *, create: bool = False, read_only: bool = False) -> None:
        self.folder, self._lock = folder, -1
        self._check(create)
        if not read_only:
            self._take_lock()
        self.settings = self._manifest()
        if not read_only:
            self._sweep()

    @property
    def writable(self) -> bool:
        """Whether this is the writer of the folder."""
        return self._lock >= 0 and (self.folder / MANIFEST).is_file()

    def _check(self, create: bool) -> None:
        if (self.folder / MANIFEST).is_file():
            return
        if not create:
            raise KgError(f"no store in {self.folder}: make one with kg build, or name another with --store")
        if self.folder.is_dir() and any(map(_is_foreign, self.folder.iterdir())):
            raise KgError(f"{self.folder} holds other files and is no store: name an empty folder")
        if self.folder.exists() and not self.folder.is_dir():
            raise KgError(f"{self.folder} is a file: name a folder for the store")
        _make(self.folder)

    def _take_lock(self) -> None:
        try:
            self._lock = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            owner = os.pread(self._lock, 32, 0).decode(errors="replace").strip() or "unknown"
            self.close()
            raise KgError(
                f"the store {self.folder} is being written by process {owner}: wait until it is done, "
                "or open the store read-only"
            ) from error
        except OSError as error:
            raise KgError(f"the store {self.folder} cannot be written: {error.strerror}") from error
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()}\n".encode(), 0)

    def _manifest(self) -> dict[str, Any]:
        path = self.folder / MANIFEST
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"documents": "documents-0"}
        except (OSError, ValueError) as error:
            raise KgError(f"{path} cannot be read ({error}): build the store again") from error
        return found

    def _sweep(self) -> None:
        """Clear away what killed writers left; nothing of it counts."""
        for place in (self.folder, self._documents):
            for path in place.glob(_ASIDE + "*") if place.is_dir() else ():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in self.folder.glob("documents-*"):
            if path != self._documents:
                shutil.rmtree(path)

    @property
    def _documents(self) -> Path:
        return self.folder / str(self.settings["documents"])

    def _path(self, key: str) -> Path:
        name = key if len(key.encode()) <= _LONGEST_NAME else f"{key[:40]}-{digest(key)}{digest(key[::-1])}"
        return self._documents / (name + _SUFFIX)

    def keys(self) -> list[str]:
        """Name what there is, sorted."""
        if not self._documents.is_dir():
            return []
        names = sorted(name for name in os.listdir(self._documents) if name.endswith(_SUFFIX))
        return [name[: -len(_SUFFIX)] for name in names if not name.startswith(_ASIDE)]

    def read(self, key: str) -> bytes | None:
        """Return a document's bytes, or None if there is none."""
        return self._read(self._path(key), -1)

    def head(self, key: str) -> bytes | None:
        """Return the first line of a document's bytes."""
        return self._read(self._path(key), 1)

    def note(self, name: str) -> bytes:
        """Return what is kept beside the documents under a name; nothing if there is nothing."""
        return self._read(self.folder / name, -1) or b""

    def keep(self, name: str, content: bytes) -> None:
        """Keep something beside the documents, whatever becomes of them, by one rename."""
        self._assert_writable()
        with _errors(self.folder):
            _write_aside(self.folder / name, content)

    @staticmethod
    def _read(path: Path, lines: int) -> bytes | None:
        try:
            with open(path, "rb") as file:
                return file.readline() if lines == 1 else file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KgError(f"{path} cannot be read: {error.strerror}") from error

    def write(self, key: str, content: bytes) -> None:
        """Put a document in, or in the place of the one there, by one rename."""
        self._assert_writable()
        if not (self.folder / MANIFEST).is_file():
            self._write_manifest(self.settings)
        with _errors(self.folder):
            _make(self._documents)
            _write_aside(self._path(key), content)

    def delete(self, key: str) -> None:
        """Take a document out, by one unlink."""
        self._assert_writable()
        with _errors(self.folder):
            self._path(key).unlink()
            _sync_folder(self._documents)

    def replace_all(self, contents: Iterable[tuple[str, bytes]], settings: dict[str, Any]) -> int:
        """Put these in the place of everything, unless there are none, by renaming the manifest."""
        self._assert_writable()
        old = self._documents
        number = int(str(self.settings["documents"]).rpartition("-")[2]) + 1
        fresh = FolderShelf.__new__(FolderShelf)
        fresh.folder, fresh.settings = self.folder, settings | {"documents": f"documents-{number}"}
        with _errors(self.folder):
            shutil.rmtree(fresh._documents, ignore_errors=True)
        count = 0
        for key, content in contents:
            with _errors(self.folder):
                _make(fresh._documents)
                fresh._path(key).write_bytes(content)
            count += 1
        if count:
            os.sync()
            self._write_manifest(fresh.settings)
            shutil.rmtree(old, ignore_errors=True)
        return count

    def state(self) -> bytes:
        """Stand for the documents as they are: every change is a new file, so names and inodes tell."""
        seen = hashlib.blake2b(json.dumps(self.settings, sort_keys=True).encode(), digest_size=16)
        if self._documents.is_dir():
            for entry in sorted(os.scandir(self._documents), key=lambda entry: entry.name):
                found = entry.stat()
                seen.update(f"{entry.name} {found.st_ino} {found.st_mtime_ns} {found.st_size}\n".encode())
        return seen.hexdigest().encode()

    def _write_manifest(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        text = json.dumps(settings, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        with _errors(self.folder):
            _write_aside(self.folder / MANIFEST, text.encode())

    def _assert_writable(self) -> None:
        if self._lock < 0:
            raise KgError(f"the store {self.folder} was opened read-only or is closed: open it for writing")

    def close(self) -> None:
        """Let others write."""
        if self._lock >= 0:
            os.close(self._lock)
        self._lock = -1


def _is_foreign(path: Path) -> bool:
    """Tell a stranger's file from what a killed writer of ours left before its first manifest."""
    return path.name != _LOCK and not path.name.startswith((_ASIDE, "documents-"))


@contextlib.contextmanager
def _errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KgError(f"the store {folder} cannot be written: {error.strerror or error}") from error


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def write_aside(path: Path, content: bytes) -> None:
    """Write a whole file beside its place, then rename it there: a kill leaves the old one or the new one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_aside(path, content)
    except OSError as error:
        raise KgError(f"{path} cannot be written: {error.strerror or error}") from error


def _write_aside(path: Path, content: bytes) -> None:
    aside = path.with_name(f"{_ASIDE}{os.getpid()}-{digest(path.name)}")
    try:
        with open(aside, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
