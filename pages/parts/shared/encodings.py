"""How the files that visitors bring may be written."""

from collections.abc import Mapping

ENCODINGS: Mapping[str, str | None] = {
    "Unicode (UTF-8, or UTF-16/32 with a byte-order mark)": None,
    "Windows, Western Europe (cp1252)": "cp1252",
    "Windows, Cyrillic (cp1251)": "cp1251",
    "Windows, Arabic (cp1256)": "cp1256",
    "UTF-16 without a mark, little-endian": "utf-16-le",
    "Japanese (Shift JIS)": "shift_jis",
    "Chinese (GB 18030)": "gb18030",
    "Korean (EUC-KR)": "euc-kr",
}
"""What a visitor can choose, and its name in Python; None is for what a file says of itself."""
