"""Digest of the code and data that results are made from: two results of one digest, scenario, park
and seed are equal, also where somebody changed a behaviour in place and kept the version."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from cleanpark import agents, model
from cleanpark.scenarios import errors

ENDINGS = (".py", ".toml", ".csv")


def digest_of(files: Iterable[Path]) -> str:
    """SHA-256 of files' contents, whatever the folder they lie in."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@functools.cache
def sources_digest() -> str:
    """Digest of the layers whose code and data determine a run: scenarios, agents, model."""
    layers = (errors, agents, model)
    folders = [Path(str(layer.__file__)).parent for layer in layers]
    return digest_of(
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix in ENDINGS and "__pycache__" not in file.parts
    )
