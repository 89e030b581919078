"""Compiles the catalogs of messages whenever the package is built or installed."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))


class WithCatalogs(build_py):
    """Builds the package with its catalogs compiled."""

    def run(self) -> None:
        """Compile, then build."""
        from messages import compile_all

        compile_all()
        super().run()


setup(cmdclass={"build_py": WithCatalogs})
