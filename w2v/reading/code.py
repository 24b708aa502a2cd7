"""Whether a text is the source of a program: numbers and marks in it are what they are in no prose."""

import re
from itertools import compress, islice

MOST_IN_PROSE = 0.006  # of the characters
FEWEST_SURE, SURE, SHARE = 3, 0.3, 0.6  # lines that no prose has; their share in letters; that of all that may be code
DENSE, SURE_IF_DENSE, SHARE_IF_DENSE = 0.008, 0.1, 0.85  # the same where so many characters are marks of code alone
MOST_LINES, LONGEST = 2_000, 200  # that are looked at; characters of each

_OF_CODE = "={}<>_;\\"
_IN_CODE_ALONE = "={}<>\\"  # without the semicolons of poems and the lines of worksheets
_AT_MARGIN = re.compile(
    r"^(?:import \w+|from [\w.]+ import |(?:async )?def \w+\(|class \w+[(:]|#include [<\"]|#!/|package \w|using \w"
    r"|(?:export |const |let |var |function )\w+|(?:public |static |void |int ))",
    re.MULTILINE,
)
_REMARK = re.compile(r"(?://|#(?!include|define|if|endif|else)|/\*|\*(?!\w)|--(?!\w)|\"\"\"|''')")
_SURE = re.compile(
    "|".join(
        [  # of a line, without blanks around it
            r"(?:import|from|export|package|using|use|require|library)\b[^.?!]*[\w{]['\"]?[\w.*{}\"',/() ]*;?",
            r"#(?:include|define|ifn?def|if|endif)\b.*|#!/.*|@\w+(?:\(.*\))?",
            r"(?:(?:public|private|protected|static|export|default|async|final|abstract) )*"
            r"(?:def|class|struct|enum|interface|function\*?|func|fn|namespace|module) ?\w*.*[:{(,;)]",
            r"(?:export )?(?:const|let|var|static|final|public|private|protected|void|int|double|float|char|bool|long"
            r"|unsigned)\b[^.?!]*[;{(),=].*",
            r"(?:return|raise|throw|yield|await|delete|assert|del|new)\b.*(?:;|[\])}_\d])|(?:break|continue|pass|return);?",
            r"(?:if|elif|for|foreach|while|with|else|try|except|finally|catch|switch|case|match)\b.*[:{;]",
            r"[^\s=<>!]+(?: [\w*&]+)? ?(?::=|<-|[-+*/|&%?]?=) ?[^\s=].*",
            r"(?:--)?[a-z]+(?:-[a-z]+)* ?: ?[^!?]*;|[.#@*:\w][^!?{}]*\{(?:[^{}]*\})?",  # of CSS
            r"(?:if|elif|for|while|until)\b.*; ?(?:do|then)|[a-z][\w./-]* .*\$[^\s\d.,].*|echo [\"'$-].*|fi|done|esac",
            r"[\w.$>:]+\(.*\)?[;:,{]?",
            r"[\])};,({]+|\}.*|.*\)(?: =>| ->.*)? ?\{|.*\w\(.*\);|[\w.>-]+ \(.*\);|[^(]*[\w\"'*]\);",
            r"(?:SELECT|FROM|WHERE|(?:LEFT |RIGHT |INNER |OUTER )*JOIN|(?:GROUP|ORDER) BY|CREATE \w+|DROP \w+|ALTER \w+"
            r"|INSERT INTO|VALUES|UPDATE|DELETE FROM|AND|OR|SET|HAVING|LIMIT)\b.*[\w,;)(*']",
        ]
    )
)
_MAYBE = re.compile(r".*(?:[;{}\[\]\\=<>]|\w\.\w+\(|\w_\w).*|.*[(,:]|(?:end|fi|done|do|then|begin)")


def is_code(text: str) -> bool:
    """Say whether a text has more of the marks of programs than prose ever has."""
    return sum(map(text.count, _OF_CODE)) > MOST_IN_PROSE * len(text)


def has_code_at_margin(text: str) -> bool:
    """Say whether programs begin at the margin of a text; in one that shows programs they are indented, or marked."""
    return len(_AT_MARGIN.findall(text)) >= 2


def is_program(text: str) -> bool:
    """Say whether most lines of a text are those of a program; remarks between them are none of either."""
    if not is_code(text):
        return False
    lines = [line for line in map(str.strip, islice(text.splitlines(), MOST_LINES)) if line]
    lines = [line[:LONGEST] for line in lines if not _REMARK.match(line)]
    are_sure = [_SURE.fullmatch(line) is not None for line in lines]
    if sum(are_sure) < FEWEST_SURE:
        return False
    n_fit = sum(is_sure or _MAYBE.fullmatch(line) is not None for line, is_sure in zip(lines, are_sure, strict=True))
    sure = sum(map(len, compress(lines, are_sure))) / sum(map(len, lines))
    fit = n_fit / len(lines)
    is_dense = sum(map(text.count, _IN_CODE_ALONE)) > DENSE * len(text)
    return (sure >= SURE and fit >= SHARE) or (is_dense and sure >= SURE_IF_DENSE and fit >= SHARE_IF_DENSE)
