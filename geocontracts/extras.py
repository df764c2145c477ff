"""Packages that only some outputs need; each belongs to an extra of this one."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.errors import MissingExtraError

if TYPE_CHECKING:
    from types import ModuleType

Extra: TypeAlias = Literal["figures", "pdf", "notebook", "large"]


def need(module: str, extra: Extra) -> ModuleType:
    """Return a module that an extra brings.

    Raises:
        MissingExtraError: it is not installed; the message says what to install.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != package:
            raise  # the package is there, and lacks something of its own
        raise MissingExtraError("extra-missing", package=package, extra=extra) from error
