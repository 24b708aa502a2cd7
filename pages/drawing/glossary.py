"""The words that the pages use in a sense of their own: what each means, in one sentence, and where one sees it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word with its meaning.

    name : as the list has it;  says : one sentence;  seen : the page and the picture that show it
    forms : how else texts of the pages have it;  in_numbers : whether only those meet it who asked for numbers
    """

    name: str
    says: str
    seen: str
    forms: tuple[str, ...] = ()
    in_numbers: bool = False

    @property
    def page(self) -> str:
        """The title of the page that shows it."""
        return self.seen.split(",")[0]

    @property
    def key(self) -> str:
        """What browser and links call it."""
        return re.sub(r"[^a-z]+", "-", self.name.lower()).strip("-")


TERMS = (
    Term("center", "The word in the middle of the window, from which the model guesses.", "Text and windows, in blue"),
    Term("context", "The words near the center, which the model is to guess.", "Text and windows, in orange"),
    Term("window", "How many words to each side of the center count as near.", "Text and windows", ("windows",)),
    Term("pair", "A center and one word of its context: what is learned from.", "Text and windows", ("pairs",)),
    Term(
        "training pair",
        "Written in|out, in place of a text: what stands before | guesses what stands behind it.",
        "Text and windows, under Pairs",
        ("training pairs",),
    ),
    Term("example", "What one guess is about: a pair, or a whole window.", "One update", ("examples",)),
    Term("token", "One place of the text with the word that stands there.", "Text and windows", ("tokens",)),
    Term("vocabulary", "All different words of the text.", "Text and windows, the count matrix"),
    Term("neighbors", "The words that stand near a word in the text.", "Training, the outlines", ("neighbor",)),
    Term("update", "One guess, and the small move that makes it a little better.", "One update", ("updates",)),
    Term("epoch", "One reading of the whole text, update by update.", "Training, below the curve", ("epochs",)),
    Term("pass", "One correction that learns from all pairs of the text at once.", "Training", ("passes",)),
    Term("P(o|c)", "How likely the model finds word o near the center c, from 0 to 100 %.", "Training, the bars"),
    Term("learned", "How far it is from guessing, 0 %, to the best this text allows, 100 %.", "Training, top right"),
    Term(
        "guessing", "Knowing nothing of the center: all words alike, or as often as they occur.", "Training, the curve"
    ),
    Term(
        "loss",
        "How wrong the guesses are: the less likely it found the true word, the more.",
        "Training",
        ("losses",),
        in_numbers=True,
    ),
    Term(
        "nats",
        "The unit of the loss: minus the natural logarithm of what the true word got.",
        "One update",
        in_numbers=True,
    ),
    Term(
        "floor",
        "The lowest loss that any model can have on this text.",
        "Training, the lowest dashed line",
        in_numbers=True,
    ),
    Term("kept aside", "Sentences that are not learned from, to see what also holds elsewhere.", "Training, the dots"),
    Term(
        "vector",
        "A list of numbers; unless set otherwise a word has two, to guess with and be guessed by.",
        "One update",
        ("vectors",),
    ),
    Term(
        "input vector",
        "What a word guesses with when it is the center; maps show these.",
        "One update, card 1",
        ("input vectors",),
    ),
    Term(
        "output vector",
        "What a word is guessed by; with one vector for both it would expect itself.",
        "One update, card 2",
        ("output vectors",),
    ),
    Term("dimensions", "How many numbers a vector has.", "Settings", ("dimension",)),
    Term("score", "Two vectors multiplied number by number and added: large when they fit.", "One update", ("scores",)),
    Term("softmax", "Makes scores into shares of 100 % over all words.", "One update, the stack"),
    Term(
        "gradient",
        "Which way, and how steeply, each number raises the loss.",
        "One update",
        ("gradients",),
        in_numbers=True,
    ),
    Term("learning rate", "How far each update moves against its gradient, downhill.", "Settings"),
    Term("negative sampling", "Instead of all words only the true one and a few drawn ones are asked.", "Settings"),
    Term("seed", "A number from which everything random is drawn.", "Settings", ("seeds",)),
    Term("cosine", "How much two vectors point the same way: 1 is the same, 0 is nothing in common.", "Map, below it"),
    Term(
        "true nearest", "The word whose vector points most the same way, whatever the picture shows.", "Map, the lines"
    ),
    Term("company", "The words that the model expects near a word.", "Words, Company"),
    Term("pulled", "Moved towards words that it stands near in the text.", "Words, Biography", ("pull", "pulls")),
    Term("pushed", "Moved away from words that it was expected near too much.", "Words, Biography", ("push", "pushes")),
    Term(
        "analogy",
        "A question like this one: woman is to man as which word is to king.",
        "Words, a \N{MINUS SIGN} b + c",
        ("analogies",),
    ),
    Term(
        "n-gram",
        "n words in a row; counted, they say how often a word comes after the n \N{MINUS SIGN} 1 before it.",
        "Words, Write like this text",
        ("n-grams", "1-grams", "2-grams", "3-grams"),
    ),
    Term(
        "temperature",
        "Makes what is drawn more regular, below 1, or more surprising, above 1.",
        "Words, Write like this text",
    ),
    Term(
        "PMI",
        "How much more often two words meet than by chance, as a logarithm.",
        "Variants, Scores and counts",
        in_numbers=True,
    ),
    Term("PCA", "Draws the two directions in which the vectors differ most.", "Map"),
    Term("t-SNE", "Draws small groups together and gives up distances.", "Map"),
    Term("variance", "How much the vectors differ in all directions together.", "Map, behind the question of trust"),
    Term("perplexity", "About how many neighbors t-SNE keeps together.", "Map, Options"),
    Term("skip-gram", "The center guesses each word near it.", "Settings"),
    Term("CBOW", "The words near it guess the center.", "Settings"),
)
_BY_FORM = {form.lower(): term for term in TERMS for form in (term.name, *term.forms)}
_FORMS = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(_BY_FORM, key=len, reverse=True)))})(?![\w-])", re.IGNORECASE
)


def term_of(form: str) -> Term | None:
    """Return the term that is meant by a form of it, in any case; None for another word."""
    return _BY_FORM.get(form.lower())


def used_in(text: str) -> list[str]:
    """Return the forms of terms in a text, in their order."""
    return _FORMS.findall(text)


def marked(text: str) -> str:
    """Return our own words as Markdown in which each term, at its first place, is explained when pointed at.

    It becomes a link to its key; the frame of the pages draws these dotted, and explains them.
    """
    met: set[str] = set()

    def link(found: re.Match[str]) -> str:
        key = _BY_FORM[found[0].lower()].key
        if key in met:
            return found[0]
        met.add(key)
        return f"[{found[0]}](#term-{key})"

    return _FORMS.sub(link, text)


def explanations(page: str) -> Mapping[str, str]:
    """Return what is said of each term when it is pointed at on a page, by its key: where else one sees it, too."""
    return {
        term.key: f"{term.name}: {term.says}" + ("" if term.page == page else f" See {term.seen}.") for term in TERMS
    }
