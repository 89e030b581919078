"""A file dropped in: an own park, or a question saved from the page; and what it still lacks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from html import escape

from nicegui import events, ui

from cleanpark.page import address, limits, reproduce
from cleanpark.page.question import Question
from cleanpark.page.texts import say
from cleanpark.page.uploads import TABLES, Missing, missing_in, settings_from, uploads
from cleanpark.page.wording import told_error
from cleanpark.scenarios.errors import N_, InputError
from cleanpark.scenarios.park import FileSettings

KINDS = ",".join((*TABLES, ".toml", ".py", ".sh"))

HEADER = """
<div class="cp-drop-text">
  <q-icon name="upload_file" size="26px"></q-icon>
  <span>{drop}</span>
  <q-btn outline no-caps dense color="primary" type="button" class="q-px-sm"
    :loading="props.isUploading" @click="props.pickFiles">
    {choose}<q-uploader-add-trigger></q-uploader-add-trigger>
  </q-btn>
</div>
"""
"""The place to drop a file, instead of a bar with the size and share of what was sent."""


class Bring:
    """The place for a file, with its refusal and the boxes that answer it."""

    def __init__(self, question: Callable[[], Question], ask: Callable[[Question], None]) -> None:
        """Lay it out where the caller stands; ``ask`` is told of the question with the file."""
        self.question, self._ask = question, ask
        self.file: tuple[str, bytes] = ("", b"")
        self.refusal = ui.label().classes("cp-error").props("role=alert data-refusal=1")
        self.refusal.style("white-space: pre-line").set_visibility(False)
        self.lacks = ui.element("div").style("width: 100%")
        with ui.expansion(self.say("Your own park or a saved question")).props("dense"):
            text = self.say(
                "An XLSX or CSV file with one enterprise a row, its columns headed by name and "
                "unit, a park’s TOML file, or a question saved from this page (TOML, Python, "
                "command line)."
            )
            ui.label(text).classes("cp-note")
            self.upload = ui.upload(
                auto_upload=True, max_files=1, max_file_size=limits.UPLOAD_BYTES,
                on_upload=self._uploaded, on_rejected=self._too_large,
            )  # fmt: skip
            self.upload.props(f"flat accept={KINDS}").classes("cp-drop")
            self.upload.add_slot("header", HEADER.format(
                drop=escape(self.say("Drop a file here")),
                choose=escape(self.say("Choose a file"))))  # fmt: skip

    def say(self, english: str, **fields: object) -> str:
        """A text in the question's language."""
        return say(english, self.question().language, **fields)

    def _too_large(self) -> None:
        most = limits.UPLOAD_BYTES // 1_000_000
        self._refuse(self.say("The file was not taken: at most {most} MB, and of the kinds named.",
                              most=most))  # fmt: skip

    def _refuse(self, text: str) -> None:
        self.refusal.set_text(text)
        self.refusal.set_visibility(True)

    async def _uploaded(self, event: events.UploadEventArguments) -> None:
        self.file = event.file.name, await event.file.read()
        self.upload.reset()  # or the next file would be refused as the second
        self.lacks.clear()
        await self._take("", "")

    async def _take(self, units: str, accept: str) -> None:
        """Read the file with what was said of it; where it lacks something, ask for that."""
        try:
            said = settings_from(units, accept)
            question = await asyncio.to_thread(self._question_in, *self.file, said)
        except InputError as problem:
            self._refuse(told_error(problem, self.question().language))
            lacking = missing_in(problem)
            if lacking != Missing():
                self._ask_for(replace(lacking, units=units or lacking.units))
        else:
            self._ask(question)

    def _ask_for(self, lacking: Missing) -> None:
        self.lacks.clear()
        with self.lacks:
            boxes = [
                ui.input(self.say(text), value=value).props(f"dense data-lacks={name}")
                for name, text, value in (
                    ("units", N_("Units of columns without one"), lacking.units),
                    ("accept", N_("Columns whose amounts are right"), lacking.accept),
                )
            ]
            for box in boxes:
                box.style("width: 100%").set_visibility(bool(box.value))
            units, accept = boxes
            units.props["hint"] = self.say("Write each as column=unit, such as cod=t")
            ui.button(
                self.say("Read the file again"), on_click=lambda: self._take(units.value or "",
                                                                             accept.value or ""),
            ).props("flat dense no-caps color=primary")  # fmt: skip

    def _question_in(self, name: str, content: bytes, said: FileSettings) -> Question:
        """The question with a file's park, or the question that the file holds."""
        text = content.decode("utf-8", errors="replace")
        question = self.question()
        if name.lower().endswith((".py", ".sh")):
            return replace(reproduce.from_text(text), language=question.language)
        if name.lower().endswith(".toml") and "[[policies]]" in text:
            return replace(address.from_toml(text), language=question.language)
        return replace(question, park=uploads.add(name, content, said))
