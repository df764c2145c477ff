"""What the figures were measured on, without a name or a path."""

from __future__ import annotations

import os
import platform
import re
import subprocess


def facts(chromium: str | None) -> dict[str, str]:
    """Return the cores, the memory, the versions, and how busy the machine was with other things."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "Chromium": f"{_version(chromium)}, headless, without GPU, 1280 x 800" if chromium else "none",
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def _version(chromium: str) -> str:
    said = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    return found.group() if found else "of unknown version"
