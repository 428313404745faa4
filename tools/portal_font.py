"""Cut the portal's typeface down to what its pages write: Noto Sans SC, for machines without a Chinese one.

    npm pack @expo-google-fonts/noto-sans-sc && tar xzf expo-google-fonts-noto-sans-sc-*.tgz
    python -m tools.portal_font package    # with requirements/docs.txt; then note the hashes in vendor.toml

A whole face has 10 MB; with the 3,755 characters of GB 2312's first level, and whatever the pages' own texts
have beside them, it has half of one. What is missing comes from whatever face the machine has.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "services" / "portal" / "static" / "vendor"
WEIGHTS = {"400Regular": "noto-sans-sc-400.woff2", "700Bold": "noto-sans-sc-700.woff2"}
_TEXTS = ("services/portal/locale/*.yaml", "services/**/*.yaml", "services/**/*.csv", "rules/*.yaml")


def characters() -> str:
    """Chinese characters and full-width punctuation of GB 2312's first level and of our own texts."""
    first_level = bytes(
        byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low)
    )
    own = "".join(path.read_text(encoding="utf-8") for glob in _TEXTS for path in ROOT.glob(glob))
    wide = {each for each in own if each >= "⺀"}
    return "".join(
        sorted(
            wide
            | set(first_level.decode("gb2312", "ignore"))
            | set("、。〈〉《》「」『』【】〔〕！（），：；？％")
        )
    )


def main() -> None:
    """Cut both weights of the package in the folder named."""
    package, text = Path(sys.argv[1]), characters()
    for weight, name in WEIGHTS.items():
        face = next((package / weight).glob("*.ttf"))
        subprocess.run(
            [
                *(sys.executable, "-m", "fontTools.subset", str(face), f"--text={text}"),
                *("--flavor=woff2", "--layout-features=kern,locl,vert", f"--output-file={TARGET / name}"),
            ],
            check=True,
        )
        print(f"{name}: {len(text)} characters, {(TARGET / name).stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
