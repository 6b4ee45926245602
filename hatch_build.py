"""
Compile the message catalogues when the package is built or installed in place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """
    Writes each ``rectiflow.po``'s ``rectiflow.mo`` beside it.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's signature
        """
        Compile every catalogue, for wheels, sdists and editable installs alike.
        """
        for po in Path(self.root, "src", "rectiflow", "locale").glob("*/LC_MESSAGES/*.po"):
            with po.open("rb") as source:
                catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
            with po.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
