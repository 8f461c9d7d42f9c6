"""Puts the compiled command, the library and the vectors into the wheel, and names its platform."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TREE = "HIFI_TREE"
PLATFORM = "HIFI_WHEEL_PLATFORM"


class NativeTree(BuildHookInterface):
    """Takes HIFI_TREE (bin/hifi, lib/libhifi.so.1, share/hifi/Vectors) and HIFI_WHEEL_PLATFORM."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # The library is then named by HIFI_LIBRARY.
        tree = Path(setting(TREE, "the folder with bin/hifi and lib/libhifi.so.1")).resolve()
        platform = setting(PLATFORM, "the platform of the wheel, such as manylinux_2_35_x86_64")
        for part in ("bin/hifi", "lib/libhifi.so.1", "share/hifi/Vectors/index.json"):
            if not (tree / part).is_file():
                raise SystemExit(f"{TREE}={tree}: it has no {part}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        for folder in ("bin", "lib", "share"):
            build_data["force_include"][str(tree / folder)] = f"hifi_conformance/native/{folder}"


def setting(name: str, meaning: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"set {name}: {meaning}")
    return value
