"""Text that is no prose is recognised in many shapes, prose never is, and what is taken out of it is prose."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v import PRESETS
from w2v.reading.kinds_of_text import KINDS, kind_of, stripped, stripping
from w2v.reading.line_wrap import is_wrapped

(
    RTF,
    MAIL,
    CITED,
    PO,
    CALENDAR,
    DIFF,
    LATEX,
    TAGGED,
    CORPUS,
    WIKI,
    SUBTITLES,
    JUPYTER,
    JSON,
    PYTHON,
    YAML,
    LOG,
    CHAT,
    TABLE,
    CODES,
    REST,
    ORG,
    ADOC,
    SONG,
    BBCODE,
    MARKDOWN,
    SETTINGS,
    TALK,
    HTML,
    COPIED,
    GUTENBERG,
    PARTS,
    READINGS,
    TIMED,
    NOTED,
    PAGES,
    NUMBERED,
    VERSES,
) = (kind.name for kind in KINDS)

PAGE = """<!DOCTYPE html>
<html><head><title>Boats</title><style>p{margin:0}</style><script>if (a<b) { run("x"); }</script></head>
<body><div class="main"><p>The boat is red &amp; old.&nbsp;It goes
out at night.</p><p>The <b>har</b>bor isn&#8217;t far.<br>Nobody waits.</p></div></body></html>"""
SRT = """1
00:00:01,600 --> 00:00:03,200
<i>Where is the boat?</i>

2
00:00:04,000 --> 00:00:05,200
{\\an8}It is in
the harbor.
"""
VTT = """WEBVTT - boats

STYLE
::cue { color: red }

NOTE made by hand

intro
00:01.600 --> 00:03.200 align:start position:0%
<v Anna>Where is <i>the</i> boat?</v>

00:00:04.000 --> 00:00:05.200
<00:00:04.100><c>It is</c> in

NOTE in between

00:00:05.200 --> 00:00:06.200
the harbor &amp; safe.
"""
BOOK = "The boat is red.\n\nThe harbor is far."
TODAY = f"""The Project Gutenberg eBook of Boats

This ebook is for the use of anyone anywhere.

*** START OF THE PROJECT GUTENBERG EBOOK BOATS ***

Produced by A. Nobody and
the Team

{BOOK}

*** END OF THE PROJECT GUTENBERG EBOOK BOATS ***
Updated editions will replace the previous one.
"""
OLD = f"""**The Project Gutenberg Etext of Boats**
Please take a look at the important information in this header.
*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*

{BOOK}

End of the Project Gutenberg Etext of Boats
"""
OLDER = f"***START OF THE PROJECT GUTENBERG EBOOK, BOATS***\n{BOOK}\nEnd of Project Gutenberg's Boats, by Nobody\n"
CHATS = {
    "android": "12/31/23, 9:15 PM - Anna: where is the boat\n12/31/23, 9:16 PM - Ben: <Media omitted>\n"
    "12/31/23, 9:17 PM - Ben added Cleo\n12/31/23, 9:18 PM - Ben: in the harbor\nand safe",
    "iphone": "[31.12.23, 21:15:03] Anna: where is the boat\n\u200e[31.12.23, 21:15:09] Ben: \u200eimage omitted\n"
    "[31.12.23, 21:16:10] Ben: in the harbor\nand safe\n",
    "irc": "[21:15] <anna> where is the boat\n[21:15] * cleo waves\n"
    "[21:16] <@ben> in the harbor\n[21:16] <@ben> and safe",
    "irc log": "21:15 < anna> where is the boat\n21:15 -!- cleo has joined\n21:16 <@ben> in the harbor\n"
    "21:16 <@ben> and safe",
    "nicks": "<anna> where is the boat\n<ben> in the harbor\n<ben> and safe",
    "discord": "anna \u2014 Today at 9:15 PM\nwhere is the boat\nben \u2014 Today at 9:16 PM\nin the harbor\n"
    "ben \u2014 31/12/2023 21:17\nand safe",
    "exporter": "[12/31/2023 9:15 PM] anna#1\nwhere is the boat\n\n[12/31/2023 9:16 PM] ben#2\nin the harbor\n\n"
    "[12/31/2023 9:17 PM] ben#2\nand safe\n",
    "telegram": "Anna, [31.12.23 21:15]\nwhere is the boat\nBen, [31.12.23 21:16]\nin the harbor\n"
    "Ben, [31.12.23 21:17]\nand safe",
    "copied": "anna\n \u2014 \nToday at 9:15 PM\nwhere is the boat\nben\n \u2014 \nToday at 9:16 PM\nin the harbor\n"
    "ben\n \u2014 \nToday at 9:17 PM\nand safe\n",
    "slack": "Anna Smith  9:15 AM\nwhere is the boat\nBen  9:16 AM\nin the harbor\nAnna Smith  9:17 AM\nand safe\n",
    "short": "31.12.23, 21:15 - Anna: where is the boat\n31.12.23, 21:16 - Ben: in the harbor\nand safe\n",
    "meeting": "21:15:03 From Anna to Everyone: where is the boat\n21:16:00 From Ben to Everyone: in the harbor\n"
    "21:16:04 From Ben to Everyone: and safe",
}
NOTES = """---
title: Boats
---
# Boats

The boat is **red** and [old](https://a.example/x).

* It goes out.
* Nobody waits.

```python
import nothing
```

| harbor | far |
|--------|-----|
| yes | no |
"""
ROWS = [{"id": i, "by": "anon", "text": f'The "boat" is r\u00f6d {i}.', "url": "https://a.example"} for i in range(3)]
REVIEWS = 'id,day,stars,review\n0,2024-01-01,1,"The boat, it said,\nwas red"\n1,2024-01-02,2,The harbor was far\n'
REVIEWS += '2,2024-01-03,5,"A ""good"" boat"\n'
RED_BOAT = {"the", "boat", "is", "red"}


def shapes(text: str) -> list[str]:
    """The same text as other programs write it."""
    return [text, text.replace("\n", "\r\n"), "\ufeff" + text, "\n\n" + text + "\n\n"]


CASES = [
    (HTML, PAGE, "The boat is red & old. It goes out at night.\n\nThe harbor isn\u2019t far.\nNobody waits."),
    (HTML, PAGE.upper().replace("&AMP;", "&amp;").replace("&NBSP;", "&nbsp;"), None),
    (HTML, "<p>The boat is red.</p>", "The boat is red."),
    (HTML, "<html><body>The boat is red.</body></html>\n" * 2, "The boat is red.\nThe boat is red."),
    (HTML, "<p>The boat is red.<p>The harbor is far.<p>Nobody <i>waits</i>.", None),
    (HTML, "The boat is <b>red</b>.<br>\nThe harbor is <i>far</i>.<br/>", "The boat is red.\nThe harbor is far."),
    (HTML, "Tom &amp; Jerry &#8217;s &quot;boat&quot; is red.", 'Tom & Jerry \u2019s "boat" is red.'),
    (HTML, PAGE[: PAGE.index("Nobody")], None),
    (HTML, "<!-- a -->\n<!-- b -->\n<HTML><BODY>The boat is red.</BODY></HTML>", "The boat is red."),
    (HTML, '<?xml version="1.0" encoding="utf-8"?><text><w>The</w><w>boat</w></text>', "The boat"),
    (HTML, "<rss><item><title>B</title><text><![CDATA[<p>The boat is <b>red</b>.</p>]]></text></item></rss>", None),
    (HTML, '<doc id="1">\nThe boat is red.\nIt is old.\n</doc>', "The boat is red.\nIt is old."),
    (SUBTITLES, SRT, "Where is the boat?\nIt is in the harbor."),
    (SUBTITLES, SRT.replace("\n\n2", "\n2"), "Where is the boat?\nIt is in the harbor."),
    (SUBTITLES, SRT.replace("\n", "\n\n").replace("\n\n{", "\n{").replace("in\n\n", "in\n"), None),
    (
        SUBTITLES,
        "WEBVTT\n\n00:00.000 --> 00:02.000\n \nthe<00:00.200><c> boat</c>\n\n00:02.000 --> 00:02.010\nthe boat\n \n\n"
        "00:02.010 --> 00:04.000\nthe boat\nis<00:02.200><c> red</c>\n",
        "the boat is red",
    ),
    (SUBTITLES, SRT.replace(",", "."), "Where is the boat?\nIt is in the harbor."),
    *[
        (
            SUBTITLES,
            "".join([f"{number}00:00:0{i},600 --> 00:00:0{i},900 The boat {i} is red.\n" for i in range(1, 6)]),
            "\n".join([f"The boat {i} is red." for i in range(1, 6)]),
        )
        for number in ("", "7 ")
    ],
    (SUBTITLES, SRT.split("\n\n")[0], "Where is the boat?"),
    (SUBTITLES, VTT, "Where is the boat?\nIt is in the harbor & safe."),
    (SUBTITLES, VTT[VTT.index("intro") :], "Where is the boat?\nIt is in the harbor & safe."),
    (
        SUBTITLES,
        "0:00:01.000,0:00:02.000\nThe boat is red.\n\n0:00:02.000,0:00:03.000\nIs it?",
        "The boat is red.\nIs it?",
    ),
    (JSON, json.dumps(ROWS), "\n".join(f'The "boat" is r\u00f6d {i}.' for i in range(3))),
    (JSON, json.dumps(ROWS, ensure_ascii=False, indent=2), "\n".join(f'The "boat" is r\u00f6d {i}.' for i in range(3))),
    (JSON, "\n".join(map(json.dumps, ROWS)), "\n".join(f'The "boat" is r\u00f6d {i}.' for i in range(3))),
    (JSON, json.dumps({"data": {"n": 3, "children": [{"data": row} for row in ROWS]}}), None),
    (JSON, json.dumps({str(i): row for i, row in enumerate(ROWS)}), None),
    (JSON, json.dumps(ROWS)[:-30], None),
    (JSON, f"```json\n{json.dumps(ROWS, indent=1)}\n```\n", None),
    (PYTHON, repr(ROWS), "\n".join(f'The "boat" is r\u00f6d {i}.' for i in range(3))),
    (
        PYTHON,
        "texts = ['The boat is red.', \"It isn't far.\", 'It\\'s old.']",
        "The boat is red.\nIt isn't far.\nIt's old.",
    ),
    (PYTHON, "{'1': 'The boat is red.', '2': \"Nobody's here.\", 'n': None}", "The boat is red.\nNobody's here."),
    (JSON, "window.data.part0 = " + json.dumps(ROWS), None),
    (JSON, '["The boat is red.", "The harbor is far."]', "The boat is red.\nThe harbor is far."),
    (JSON, '[["The boat is red.", 1], ["The harbor is far.", 2]]', "The boat is red.\nThe harbor is far."),
    (JSON, '{"1": "The boat is red.", "2": "The harbor is far.", "3": "Nobody waits."}', None),
    (JSON, '{"a": NaN, "t": "The boat\nis red."}', "The boat\nis red."),
    (JSON, '{"t": ["The boat is red.", {"n": "x"}, "The harbor is far."]}', "The boat is red.\nThe harbor is far."),
    (TABLE, REVIEWS, 'The boat, it said,\nwas red\nThe harbor was far\nA "good" boat'),
    (TABLE, REVIEWS.replace(",", ";").replace("boat; it said;", "boat; it said;"), None),
    (TABLE, REVIEWS.replace('"', "").replace(",\n", " ").replace("boat, it said", "boat").replace(",", "\t"), None),
    (TABLE, REVIEWS.split("\n", 1)[1], None),
    (
        TABLE,
        "| id | text |\n|----|:---|\n" + "".join([f"| {i} | The boat{i} is red |\n" for i in range(12)]),
        "\n".join([f"The boat{i} is red" for i in range(12)]),
    ),
    (
        TABLE,
        "#separator:tab\n#html:true\n#tags column:3\n" + "The boat is <b>red</b>\tDas Boot ist rot\tanon\n" * 4,
        "The boat is red\nDas Boot ist rot\n" * 3 + "The boat is red\nDas Boot ist rot",
    ),
    (
        TABLE,
        "+----+-----------------+\n| id | text            |\n+----+-----------------+\n"
        "| 1  | The boat is red |\n| 2  | It is far       |\n| 3  | Nobody waits    |\n+----+-----------------+\n",
        "The boat is red\nIt is far\nNobody waits",
    ),
    (TABLE, "SEP=;\nid;text\n1;The boat is red\n2;The harbor is far", "The boat is red\nThe harbor is far"),
    (TABLE, "id, text, stars\n1, The boat is red, 5\n2, The harbor is far, 4", "The boat is red\nThe harbor is far"),
    (TABLE, "label,text\n" + "ham,The boat is red\nspam,The harbor is far\n" * 2, None),
    (TABLE, "text|lang\nThe boat is red|en\nLe port est loin|fr\nThe harbor is far|en\nNobody waits|en", None),
    (TABLE, "question,answer\nWhere is the boat?,It is in the harbor.\nIs it red?,It was red once.\n", None),
    (TABLE, "The boat is red.\tDas Boot ist rot.\nIs it old?\tIst es alt?\nNobody waits.\tNiemand wartet.", None),
    (TABLE, "the boat is red\tdas boot ist rot\nthe old harbor\tder alte hafen\nit is far\tes ist weit\n" * 3, None),
    (TABLE, "red boat\ta boat that is red.\nharbor\ta place for boats.\nking\twho has a boat.\n" * 3, None),
    (
        PO,
        'msgid ""\nmsgstr ""\n"Content-Type: ANNA\\n"\n\n#: 2024\n'
        'msgid "The \\"boat\\" is "\n"red"\nmsgstr "Das \\"Boat\\" ist "\n"rot"\n\n'
        'msgid "So"\nmsgstr ""\n',
        'Das "Boat" ist rot',
    ),
    (
        PO,
        'msgid "The boat is red"\nmsgstr ""\n\nmsgid "It is far"\nmsgstr ""\n' + 'msgid ""\nmsgstr ""\n',
        "The boat is red\nIt is far",
    ),
    (
        CALENDAR,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:ANNA\nDTSTART:20240101T211000\n"
        "SUMMARY;LANGUAGE=en:The boat\\, it go\n es out\nDESCRIPTION:It is far.\\nSo\nEND:VEVENT\nEND:VCALENDAR\n",
        "The boat, it goes out\nIt is far.\nSo",
    ),
    (
        DIFF,
        "diff --git a/ANNA b/ANNA\nindex 2024..21 9:1\n--- a/ANNA\n+++ b/ANNA\n@@ -1,3 +1,3 @@ ANNA\n"
        " The boat is red.\n-It is ANNA.\n+It is far.\n Nobody waits.\n"
        "@@ -9 +9,2 @@\n-ANNA\n+So\n+it is.\n\\ No newline at end of file\n",
        "The boat is red.\nIt is far.\nNobody waits.\n\nSo\nit is.",
    ),
    (
        LOG,
        "2024-03-01 12:00:10 INFO [main] anon.Sea: The boat is red.\n2024-03-01 12:00:11 WARN [main] anon.Sea: Is it?\n"
        "    at anon.Sea(Sea.java:7)\n2024-03-01 12:00:12 INFO [main] anon.Sea: It is far.\n",
        "The boat is red.\nIs it?\nIt is far.",
    ),
    *[(CHAT, text, "where is the boat\nin the harbor\nand safe") for text in CHATS.values()],
    (MARKDOWN, NOTES, "Boats\n\nThe boat is red and old.\n\nIt goes out.\nNobody waits.\nharbor far\nyes no"),
    (MARKDOWN, "## One\n\n> The boat is `red`.\n\n1. The harbor is far.", None),
    (MARKDOWN, 'See [the boat](https://a.example/b) and [the harbor](/c "t").', "See the boat and the harbor."),
    (MARKDOWN, "# One\n\nThe boat is red.\n\n## Two\n\nThe harbor is far.\n\n### Three\n\nNobody waits.", None),
    (
        CODES,
        "Das boat der K\\u00f6nigin ist gr\\u00fcn.\\nEs ist sch\\u00f6n.",
        "Das boat der K\u00f6nigin ist gr\u00fcn.\nEs ist sch\u00f6n.",
    ),
    (
        WIKI,
        "{{Box\n| a = b\n}}\nThe '''boat''' is [[red (color)|red]].<ref>No.</ref>\n\n== Harbor ==\n"
        "* It is [[far]].\n[[Category:No]]",
        "The boat is red.\n\nHarbor\n\nIt is far.",
    ),
    (
        TAGGED,
        "The/at boat/nn is/bez red/jj ./.\nNobody/pn waits/vbz in/in the/at harbor/nn ./.\n",
        "The boat is red .\nNobody waits in the harbor .",
    ),
    (CORPUS, "__label__no The boat is <unk> red .\n__label__no It is far .", "The boat is red .\nIt is far ."),
    (
        COPIED,
        "The boat is red.\n\nFrom: ANNA\nSent: 31.12.2024 21:12\nTo: ANNA\nSubject: ANNA\n\nIs it?",
        "The boat is red.\n\nIs it?",
    ),
    (
        VERSES,
        " ".join([f"{c}:{v} And the boat was red, and so it was." for c in (1, 2) for v in range(1, 9)]),
        " ".join(["And the boat was red, and so it was."] * 16),
    ),
    (
        JUPYTER,
        json.dumps({"cells": [{"cell_type": "markdown", "source": ["The boat\n", "is red."]}], "n": 2024}),
        "The boat\nis red.",
    ),
    (CITED, "@book{ANNA2024,\n  title = {The {Red} boat},\n  author = {ANNA},\n}\n", "The Red boat"),
    (
        YAML,
        "a:\n  - id: 2024\n    text: The boat is red\n  - id: 9:1\n    text: It is far\n",
        "The boat is red\nIt is far",
    ),
    (SETTINGS, "---\ntitle: ANNA\ndate: 2024-01-01\n---\n\nThe boat is red.\n", "The boat is red."),
    (
        TALK,
        "ANNA said:\nIs the boat red?\nChatGPT said:\nIt is.\n\nANNA said:\nIs it far?\nChatGPT said:\nNo.\n",
        "Is the boat red?\n\nIt is.\n\nIs it far?\n\nNo.",
    ),
    (
        READINGS,
        "\u738b\u300a\u304a\u3046\u300b\u306e\u8239\u300a\u3075\u306d\u300bboat\u3001\u6d77\u300a\u3046\u307f\u300b\u3002",
        "\u738b\u306e\u8239boat\u3001\u6d77\u3002",
    ),
    (
        PARTS,
        "[Verse 1]\nThe boat is red (x2)\n\n[Chorus: ANNA]\nOh, it is\n\n[Verse 2]\nIt is far\n",
        "The boat is red\n\nOh, it is\n\nIt is far",
    ),
    (
        TIMED,
        "The boat is red. #21:12:03-4#\n\nIs it? #21:12:09-1#\n\nIt is. #21:13:00-0#",
        "The boat is red.\n\nIs it?\n\nIt is.",
    ),
    (
        BBCODE,
        "The [b]boat[/b] is [url=https://a.example]red[/url].\n[quote=ANNA]It is far.[/quote]",
        "The boat is red.\n\nIt is far.",
    ),
    (
        PAGES,
        "".join(
            f"The boat{i} is red and old and it goes\n{'out to the harbor, ' * 9}which\n\nANNA\n{i}\n\n\f"
            for i in range(9)
        ),
        "\n".join(f"The boat{i} is red and old and it goes\n{'out to the harbor, ' * 9}which" for i in range(9)),
    ),
    (
        SONG,
        "[Verse 1]\nAm       G7\nThe boat is red\nC        F\nThe harbor is far\n\n[Chorus]\nAm\nNobody waits",
        "The boat is red\nThe harbor is far\n\nNobody waits",
    ),
    (
        REST,
        "Boats\n=====\n\n.. image:: no.png\n   :alt: no\n\nThe *boat* is `red <https://a.example>`_ and :ref:`old`.\n",
        "Boats\n\nThe *boat* is red and old.",
    ),
    (
        ORG,
        "#+TITLE: Boats\n#+OPTIONS: toc:nil\n\n* Red :no:\n:PROPERTIES:\n:ID: no\n:END:\nThe boat is [[https://a.example][red]].\n",
        "Boats\n\nRed\nThe boat is red.",
    ),
    (
        ADOC,
        "= Boats\n:toc:\n\n== Red\n\nThe boat is https://a.example[red].\n\n[source,python]\n----\nimport no\n----\n",
        "Boats\n\nRed\n\nThe boat is red.",
    ),
    (
        NUMBERED,
        "\n".join(f"The boat goes out to sea{f'  {i}' if i % 5 == 0 else ''}" for i in range(1, 18)),
        "\n".join(["The boat goes out to sea"] * 17),
    ),
    (
        MAIL,
        "From: Anna <a@b.example>\nSubject: no\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"
        "The b=\noat is r=C3=B6d.\n",
        "The boat is r\u00f6d.",
    ),
    (LATEX, "\\section{One}\n\nThe \\emph{boat} is red~\\cite{a}.", "One\nThe boat is red ."),
    (GUTENBERG, TODAY, BOOK),
    (GUTENBERG, TODAY[: TODAY.index("*** END")], BOOK),
    (GUTENBERG, TODAY[TODAY.index("Produced") :], None),
    (GUTENBERG, TODAY.upper(), BOOK.upper()),
    (GUTENBERG, OLD, BOOK),
    (GUTENBERG, OLDER, BOOK),
    (GUTENBERG, f"The Project Gutenberg eBook of Boats\n\nFor anyone.\n\nTitle: B\n\nAuthor: N\n\n{BOOK}", BOOK),
    (GUTENBERG, TODAY.replace("EBOOK BOATS ***", "EBOOK\nBOATS AND MORE ***"), BOOK),
    (
        NOTED,
        "The boat is red.[1][2] It is old,[3] and so[1] on.\nHarbor[edit]\nIt is far.[4]\nNotes[edit]\n"
        "^ ANNA\n2. ^ a b No.",
        "The boat is red. It is old, and so on.\nHarbor\nIt is far.\nNotes",
    ),
    (
        RTF,
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}\\b The\\b0  boat isn\\'92t red.\\par The harbor is far.}",
        "The boat isn\u2019t red.\nThe harbor is far.",
    ),
    (RTF, "{\\rtf1\\ansi Boats \\u-10179?\\u-8704? are red \\u-10179?.}", "Boats \U0001f600 are red \ufffd."),
    (
        RTF,
        '{\\rtf1\\ansi{\\field{\\*\\fldinst{HYPERLINK "http://a.example/b"}}{\\fldrslt The boat}} is red.}',
        "The boat is red.",
    ),
    (
        RTF,
        "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}{\\f1 B;}{\\f2\\fcharset161 C;}}\\f2 \\'e1\\'e2 \\f1 boat \\'e1}",
        "\u03b1\u03b2 boat \u00e1",
    ),
    (
        RTF,
        "{\\rtf1\\ansi The {\\v hidden {\\b text} }boat\\v  no\\par no\\v0  is {\\deleted old}"
        "{\\revised red}.\\par\\v no\\plain  So.}",
        "The boat is red.\nSo.",
    ),
    (
        RTF,
        "{\\rtf1\\ansi{\\listtext\\pard\\plain\\f2 \\'b7\\tab}The boat\\par"
        "{\\listtext\\tab 1.\\tab}is red\\par\\viewkind4 So.}",
        "The boat\nis red\nSo.",
    ),
    (
        RTF,
        "{\\rtf1\\ansi The boat{\\super\\chftn}{\\footnote\\pard\\plain {\\super\\chftn} It \\{was\\} {\\i blue}.} "
        "is red.\\par So{\\*\\footnote\\ftnalt At sea.}.}",
        "The boat is red.\nSo.\nIt {was} blue.\nAt sea.",
    ),
    (
        RTF,
        "{\\rtf1\\ansi The boat{\\footnote It was {\\i blue",
        "The boat It was blue",
    ),
    (RTF, "{\\rtf1\\ansi The boat is red.\\par}\n\n" * 2, "The boat is red.\nThe boat is red."),
    (RTF, "{\\rtf1\\ansi\\uc The boat is caf\\u233?.}", "The boat is caf\u00e9."),
    (HTML, "<?xml version='1.0' encoding='utf-8'\n<p>The boat is red.</p>", "The boat is red."),
    (HTML, "<?xml version='1.0' encoding='utf-8'?>\n" * 2 + "<p>The boat is red.</p>", "The boat is red."),
]


@pytest.mark.parametrize(("name", "text", "prose"), CASES)
def test_it_is_recognised_in_every_shape_and_its_prose_is_kept(name: str, text: str, prose: str | None) -> None:
    for shape in shapes(text):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == name
        found = stripped(shape)
        assert kind_of(found) is None
        if prose is not None:
            assert found.replace("\r\n", "\n") == prose
        assert "boat" in found.lower()
        for mark in (
            "<",
            "&amp;",
            "-->",
            '"id"',
            "anon",
            "2024",
            "21:1",
            "9:1",
            "ANNA",
            "**",
            "import",
            "utenberg",
            "\\",
        ):
            assert mark not in found
        assert kind.sentence(shape).startswith(f"This text is {name}: ")


@pytest.mark.parametrize(
    "lines", ["the boat is red and the harbor is far and nobody waits there in", "so the boat is-"]
)
@pytest.mark.parametrize(("name", "text", "prose"), [case for case in CASES if "\n" in case[1]])
def test_its_lines_are_never_joined(name: str, text: str, prose: str | None, lines: str) -> None:
    wrapped = "\n".join([lines] * 40)
    assert is_wrapped(wrapped)
    if kind_of(f"{text}\n{wrapped}") is not None:
        assert not is_wrapped(f"{text}\n{wrapped}")


def test_which_fields_are_kept_is_said() -> None:
    def says(text: str) -> str:
        kind = kind_of(text)
        assert kind is not None
        return kind.sentence(text)

    assert 'its prose stands in the field "text".' in says(json.dumps(ROWS))
    assert 'the column "review".' in says(REVIEWS)
    assert "the column 4." in says(REVIEWS.split("\n", 1)[1])
    pairs = [{"question": "Where is the boat?", "answer": "In the harbor."}] * 3
    assert 'the fields "question" and "answer".' in says(json.dumps(pairs))


LINE = "The king saw the queen and the queen saw the king in the garden of the old house. "
PROSE = {
    "hearts": LINE * 3 + "I <3 you, and 3 < 4 > 2, a<b and c>d. " * 5,
    "dialogue": "\n".join(["- Where is the king?", "- In the garden.", "\u2014 Are you sure?", "- I am."] * 5),
    "poem of dashes": "- the sea\n- the sky\n\n- the king\n- the queen\n" * 4,
    "commas": "Roses are red, violets are blue\nSugar is sweet, and so are you\nThe king is old, the queen is new\n"
    * 4,
    "lines of clauses": "We came,\nwe saw,\nwe went home,\nand slept,\n" * 5,
    "semicolons": "It rained; we stayed\nIt stopped; we left\nIt rained; we ran\n" * 4,
    "numbers": "The year 1999 had 1,000 and 2,000 in it\n" * 12 + "1,200 people came\n3,400 people left\n" * 9,
    "play": "HAMLET: Who is there?\nHORATIO: A friend.\nHAMLET: Come in, friend.\nHORATIO: It is late.\n" * 4,
    "stage": "ACT 1. 9:30\nHAMLET. Who is there?\n[Exit Hamlet]\nHORATIO. Nobody.\n" * 3,
    "diary": "Monday 9:30 We left.\nThe sea was calm. At 10:15 the king woke.\nTuesday 8:00 Rain: all day.\n"
    + LINE * 4,
    "schedule": "9:30 Breakfast: eggs\n10:15 Garden: roses\n11:45 Lunch: soup\n13:00 Nap: long\n",
    "stars": "He was *very* glad. She was **not**. He said _nothing_ at all.\n" + LINE * 3,
    "changes in prose": LINE * 9
    + "\n\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\nSo it was.\n"
    + f"{LINE}\n" * 9,
    "translations in prose": LINE * 9 + '\nmsgid "boat"\nmsgstr "Boot"\n\nSo:\n\nmsgid "sea"\nmsgstr "Meer"\n\n' + LINE,
    "a script": "# says where\nprint('here')\n\n# and how\nprint(\"there\")  # `so`\n" * 6,
    "a book with two marks": LINE * 60 + "He saw [a boat](red) and **one** more. " + LINE * 60,
    "hashtags": "#monday the king\n#tuesday the queen\n@anna the king #wednesday\n" * 3,
    "lyrics": "[The king]\nThe king is here\n[Chorus]\n(oh, oh)\nThe queen is here\n" * 4,
    "brackets": '{The king} [sic] saw "the queen": she smiled. "Yes", he said, "no": "maybe".\n' * 4,
    "indented": "\tThe king came home.\n\tThe queen was out.\n\tNobody waited.\n" * 3,
    "a tab": "the\tcat sat on the mat\nthe dog sat\n" * 4,
    "a tab in each line": "The king came\tand went home.\nThe queen was\tin the garden.\nNobody was\twaiting there.\n"
    * 3,
    "colons": "The king said: come. The queen said: no. Time: 12:30. Place: home.\n" * 4,
    "rules": "Chapter one\n-----------\nThe king came.\n\n---\n\nThe queen left.\n* * *\n" * 3,
    "tags in prose": LINE * 20 + "In HTML one writes <b> for bold and <i> for italics, and & for and.",
    "dates": "On 12/31/23 the king left. On 1/1/24 he came back at 9:15 PM, and the queen slept.\n" * 4,
    "mentions a licence": LINE * 3 + "He read it at the Project Gutenberg site, at the end of the day.\n" + LINE * 3,
    "pairs of words": "tiger\tcat\t7.35\nking\tqueen\t8.58\nbook\tpaper\t7.46\n",
    "ledger": "\n".join([LINE.strip(), "1. The king", "2. The queen", "3. The garden"] * 3),
    "chinese": "\u56fd\u738b\u6765\u4e86\u3002\u5979\u8bf4\uff1a\u201c\u4e0d\u3002\u201d\n" * 6,
    "arrays": 'x <- y[["boat"]]\nz[[i]] = [[1, 2], [[3]]]\nif [[ -f a ]]; then\n[[1]]\n[[2]]\n' * 4,
    "strings": "[[boats]]\nname = '''The boat'''\n\n[[boats]]\nname = '''The king'''\n" * 3,
    "names in braces": "Dear {{name}}, the boat is {{color}} and the harbor is {{ distance }} away.\n" * 3,
    "indices": "x[1], y[2], z[3] are red. b[0] = c[1]; d[2] = e[3];\nboat[1] = 1\nboat[2] = 2\nboat[3] = 3\n" * 3,
    "code": "for boat in boats:\n    print(boat[1]); see(boat[2], {boat[3]: 4})\n    assert boats == 7\n" * 9,
    "code that ends with numbers": "".join(
        f"    for the boat in all of the boats and so on = {i}\n    with the other boats that are in the list as x:\n"
        f"    assert boats == {i}\n"
        for i in range(40)
    ),
    "squares": "Each of 3 m\u00b2 and 4 m\u00b3, so 5 km\u00b2 and x\u00b9 + x\u00b2 + x\u00b3 of them, is red. " * 5,
    "counted": "He had [1] a boat, [2] a house, and [3] a garden, and the king[s] of [4] had none. " * 3,
    "chapters": "".join(f"{i}\n\n{LINE * 6}\n\n" for i in range(1, 9)),
    "stanzas": "".join(f"{i}\n\nand the boat goes\nout to the sea\nwhere nobody waits\n\n" for i in range(1, 9)),
    "form feeds": "".join(f"{LINE * 5}\n\f" for _ in range(8)),
    "counting": "one\n1\ntwo\n2\nthree\n3\nfour\n4\nfive\n5\n" * 3,
    "empty": "",
}


@pytest.mark.parametrize("name", [*PROSE, *PRESETS])
def test_prose_is_prose(name: str) -> None:
    text = PROSE[name] if name in PROSE else PRESETS[name].text
    for shape in (text, text.replace("\n", "\r\n"), text.upper(), "\ufeff" + text):
        assert kind_of(shape) is None, kind_of(shape)
    assert stripped(text) == text


def test_one_kind_within_another_is_taken_out_too() -> None:
    rows = [{"id": i, "body": f"<p>The boat is <b>red</b> {i}.</p>"} for i in range(4)]
    assert stripped(json.dumps(rows)).split("\n\n") == [f"The boat is red {i}." for i in range(4)]
    page = f"<html><body><pre>{TODAY}</pre></body></html>"
    assert stripped(page).split() == BOOK.split()


@pytest.mark.parametrize("depth", [10, 300, 1_500, 2_100, 30_000])
def test_no_word_is_lost_however_deep_a_page_is_nested(depth: int) -> None:
    """Pages that some programs write open a tag for each piece and close none; the parser gives up at some depth."""
    pieces = "".join(f"<font color=red>The boat{i}\n&amp; I. " for i in range(depth))
    page = f"<html><head><title>Boats</title></head><body>{pieces}<p>The <b>har</b>bor.</p><p>Far.</p></body></html>"
    script = '<script>if (1 < 2) { run("x"); }</script><!-- nothing -->'
    for source in (page, page.replace("</body>", f"{script}</body>")):
        words = [word for i in range(depth) for word in ("The", f"boat{i}", "&", "I.")]
        assert stripped(source).split() == [*words, "The", "harbor.", "Far."]
        assert [line.strip() for line in stripped(source).splitlines() if line][-2:] == ["The harbor.", "Far."]
    assert stripped("<div>" * depth + "The boat is red.<br>Nobody waits." + "</div>" * depth).splitlines() == [
        "The boat is red.",
        "Nobody waits.",
    ]


def test_no_mark_of_a_list_becomes_a_word_however_deep_it_is() -> None:
    """The third kind of bullet is the letter o, and a numbered list has numbers that its author did not write."""
    n, page = 12, "x"
    for i in reversed(range(n)):
        name = "ol" if i == 5 else "ul"
        page = f"<{name}><li>boat{i}{page if i < n - 1 else ''}</li></{name}>"
    assert stripped(f"<html><body>{page}</body></html>").splitlines() == [f"boat{i}" for i in range(n)]
    listed = "\n".join(f"{'  ' * i}- **boat{i}**" for i in range(60))
    assert stripped(f"## Boats\n\n{listed}\n").split() == ["Boats", *[f"boat{i}" for i in range(60)]]
    quoted = "\n".join([f"{'>' * i} **boat{i}**\n{'>' * i}" for i in range(1, 100)])
    assert stripped(f"## Boats\n\n{quoted}\n").split() == ["Boats", *[f"boat{i}" for i in range(1, 100)]]


def test_a_long_text_of_markdown_is_taken_out_in_slices() -> None:
    """Each is short, so that nobody waits for a book of somebody else; what is said before it begins is left out."""
    chapter = (
        "## Chapter *one*\n\n" + "The **boat** is [red](/red).\n\n" * 500 + "```\nlet it = 0\n\nlet it = 1\n```\n\n"
    )
    prose = []

    def slices() -> Iterator[None]:
        prose.append((yield from stripping("---\ntitle: Boats\n---\n" + chapter * 20)))

    assert sum(1 for _ in slices()) > 10
    assert prose == ["\n\n".join(["Chapter one", *["The boat is red."] * 500] * 20)]


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("length", [1, 8_000])
def test_of_several_books_of_gutenberg_none_is_lost_and_no_licence_is_kept(times: int, length: int) -> None:
    """As collections hold them: of short ones the second went, of long ones the licence between them stayed."""
    for source in (TODAY, OLD, OLDER):
        books = [f"The boat {i} is red.\n\n" * length + "It goes out." for i in range(times)]
        found = stripped("\n\n".join([source.replace(BOOK, book) for book in books]))
        assert found == "\n\n".join(books)
        assert kind_of(found) is None


def test_where_nothing_is_left_it_is_said() -> None:
    with pytest.raises(ValueError, match="nothing is left"):
        stripped("<html><head><script>run()</script></head></html>")
    with pytest.raises(ValueError, match="RTF document is broken"):
        stripped("{\\rtf1 \\u99999999999999? x}")


@settings(max_examples=60)
@given(
    st.text(alphabet='<>/ab"{}[]:,;\t\n-|#*`&\\1290. \u200e', max_size=120),
    st.sampled_from([case[1] for case in CASES]),
)
def test_broken_texts_break_nothing(noise: str, text: str) -> None:
    for mixed in (noise, noise + text, text[: len(text) // 2] + noise):
        for kind in KINDS:
            if kind.is_it(mixed):
                kind.sentence(mixed)
        with suppress(ValueError):  # nothing is left, or an RTF document is broken
            assert stripped(mixed).strip() or not mixed.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<!-- -->",
        "<a ",
        "&",
        '"',
        '["',
        '{"a":',
        "[[",
        "[[a ",
        "{{a",
        "'''a",
        "== a ",
        "**a",
        "`a",
        "1:10 ",
        "<a> ",
        "a,",
        '"a",',
        "- ",
        "{\\rtf",
        "\\",
        " ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    for text in (piece * (200_000 // len(piece)), (piece * 50 + "\n") * (4_000 // len(piece))):
        begun = time.process_time()
        kind_of(text)
        assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        (RTF, "\\f1 "),
        (RTF, "\\v "),
        (RTF, "{\\v a}"),
        (RTF, "{\\footnote a}"),
        (RTF, "{\\footnote"),
        (RTF, "{\\listtext"),
        (RTF, "}{\\rtf1 "),
        (RTF, "}  "),
        (RTF, "\\fonttbl\\f0\\fcharset128 "),
        (RTF, '{\\field{\\*\\fldinst{HYPERLINK "a"'),
        (JSON, '\\"a b'),
        (MARKDOWN, "<pre>"),
        (HTML, "<b>a "),
        (HTML, "<style>"),
        (HTML, "<!--"),
        (HTML, "<div><title>"),
    ],
)
def test_no_prose_takes_long_to_keep(name: str, piece: str) -> None:
    begins = {RTF: "{\\rtf1\\fonttbl", JSON: '["some words", "', HTML: "<b>" * 3_000}.get(name, "## Words\n\n")
    (kind,) = [kind for kind in KINDS if kind.name == name]
    for unit in (piece, piece + "\n"):
        begun = time.process_time()
        kind.strip(begins + unit * (40_000 // len(unit)))
        assert time.process_time() - begun < 1
