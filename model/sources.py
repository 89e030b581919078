"""Digest of the code and data that results are made from: two results of one digest, scenario, park
and seed are equal, also where somebody changed a behaviour in place and kept the version."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from cleanpark import agents, model
from cleanpark.scenarios import errors
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.imported import changed_since_import, files_of


def digest_of(files: Iterable[Path]) -> str:
    """SHA-256 of files' contents, whatever the folder they lie in."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def sources_digest() -> str:
    """Digest of the layers whose code and data determine a run: scenarios, agents, model.

    InputError where a file was changed after it had been imported: what runs is then not what the
    files say, and no digest of them would tell it.
    """
    for file in changed_since_import():
        raise InputError(
            "{file}: was changed after Python had imported it, so that no result could be kept "
            "under its digest; start Python again",
            file=file,
        )
    return _digest()


@functools.cache
def _digest() -> str:
    folders = [Path(str(layer.__file__)).parent for layer in (errors, agents, model)]
    return digest_of(file for folder in folders for file in files_of(folder))
