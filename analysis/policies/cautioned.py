"""What is told beside the results of every study of policies."""

from __future__ import annotations

from typing import Any

from cleanpark.analysis.studies.folder import folder_of, read_study


class Cautioned:
    """Results of a study that have warnings."""

    study: Any
    """the study whose results these are"""

    def warnings(self, language: str = "en") -> list[str]:
        """What a reader must beware of: what of the policies did nothing or was overridden, and
        failed runs."""
        from cleanpark.analysis.words.study_cautions import cautions

        return cautions(read_study(folder_of(self.study)).about, language)
