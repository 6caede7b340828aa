"""The prompt refinement of PhotoStudio.Core/Prompts in Python, for the peer of the HTTP benchmark.

It reads the same lexicons and gives the same answers: the benchmark compares them before it measures. The structure follows the C# files of the same names.
"""
import json
import pathlib
import re
import unicodedata

LEXICON = pathlib.Path(__file__).resolve().parents[3] / "PhotoStudio.Core" / "Prompts" / "Lexicon"
MAX_LENGTH = 2000
PAUSES = {",", ".", ";", "!", "?", "|", "\n", "(", ")", "…", "—"}


def plain(word):
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word.replace("đ", "d")) if unicodedata.category(c) != "Mn")


class PhraseTable:
    def __init__(self):
        self.root = {}

    def add(self, phrase, value):
        node = self.root
        for word in phrase.split():
            node = node.setdefault(word, {})
        node.setdefault(None, []).append(value)

    def match(self, words, at):
        node, found, length = self.root, [], 0
        for i in range(at, len(words)):
            node = node.get(words[i])
            if node is None:
                break
            if None in node:
                found, length = node[None], i - at + 1
        return found, length

    def find(self, word):
        node = self.root.get(word)
        return node.get(None, []) if node else []


class Lexicon:
    def __init__(self, language):
        self.exact, self.plain, self.nouns = PhraseTable(), PhraseTable(), []
        group = kind = ""
        for line in (LEXICON / f"words.{language}.txt").read_text(encoding="utf-8").splitlines():
            if not line or line[0] == "#":
                continue
            if line[0] == "[":
                group, kind = (part.strip() for part in line[1:-1].split(":"))
                continue
            phrase, _, english = line.partition("=")
            phrase = phrase.strip()
            word = (group, kind, english.strip() if "=" in line else phrase)
            self.exact.add(phrase, word)
            self.plain.add(plain(phrase), word)
            if kind == "noun":
                self.nouns.append(word)

    def match(self, folded, bare, at, as_written):
        exact, length = self.exact.match(folded, at)
        if as_written:
            return exact, length
        other, other_length = self.plain.match(bare, at)
        return (exact, length) if other_length <= length else (other, other_length)


IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth", "goose": "geese", "mouse": "mice", "ox": "oxen",
    "wolf": "wolves", "leaf": "leaves", "knife": "knives", "life": "lives", "half": "halves", "elf": "elves", "dwarf": "dwarves", "thief": "thieves",
    "calf": "calves", "shelf": "shelves", "bookshelf": "bookshelves", "loaf": "loaves", "cactus": "cacti", "fisherman": "fishermen", "gentleman": "gentlemen",
    "potato": "potatoes", "tomato": "tomatoes", "hero": "heroes", "volcano": "volcanoes", "die": "dice", "lady": "ladies",
}
UNCHANGING = set(
    """sheep deer fish salmon trout bison moose reindeer people children parents grandparents friends aircraft spacecraft samurai ninja seaweed grass rice wheat
    corn water snow rain fog mist ice sand gold silver wood hair fur light food fruit bread music art clothes trousers jeans glasses scissors headphones pyjamas
    lights stairs ruins leaves flowers bamboo garlic seafood furniture sunlight moonlight lightning smoke fire lava noodles sushi pasta""".split()
) | {"northern lights"}


def plural(noun):
    for joint in (" of ", " in ", " with ", " and "):
        at = noun.find(joint)
        if at > 0:
            return plural(noun[:at]) + noun[at:]
    before, blank, last = noun.rpartition(" ")
    if len(last) < 2 or last in UNCHANGING or noun in UNCHANGING:
        return noun
    return before + blank + plural_of(last)


def plural_of(word):
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("man") and len(word) > 4 and not word.endswith("human"):
        return word[:-3] + "men"
    if word[-1] == "s" and not word.endswith("ss") and not word.endswith("us"):
        return word
    if word[-1] in "sxz" or word.endswith(("ch", "sh")):
        return word + "es"
    if word[-1] == "y" and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


ENRICHMENT = json.loads((LEXICON / "enrichment.json").read_text(encoding="utf-8"))
ENGLISH, SPANISH, VIETNAMESE = Lexicon("en"), Lexicon("es"), Lexicon("vi")
TERMS, CONFLICTS = PhraseTable(), PhraseTable()
MEDIA = {medium["name"]: medium for medium in ENRICHMENT["media"]}
MOMENTS = {moment["name"]: moment for moment in ENRICHMENT["moments"]}
SUBJECTS = {subject["name"]: subject for subject in ENRICHMENT["subjects"]}


def load_terms():
    seen = set()
    for lexicon in (ENGLISH, SPANISH, VIETNAMESE):
        for group, _, english in lexicon.nouns:
            for form in (english.lower(), plural(english.lower())):
                if (form, group) not in seen:
                    seen.add((form, group))
                    TERMS.add(form, ("noun", group))
    for kind, sets in (("facet", ENRICHMENT["facets"].items()), ("medium", ((m["name"], m["words"]) for m in ENRICHMENT["media"])),
                       ("moment", ((m["name"], m["words"]) for m in ENRICHMENT["moments"])), ("subject", ((s["name"], s["words"]) for s in ENRICHMENT["subjects"]))):
        for name, words in sets:
            for word in words:
                TERMS.add(word, (kind, name))
    for conflict in ENRICHMENT["conflicts"]:
        for side, words in enumerate(conflict["sides"]):
            for word in words:
                CONFLICTS.add(word, (conflict["name"], side))


load_terms()

TOKEN = re.compile(r'"[^"]+"|“[^”]+”|«[^»]+»|[fF]/\d(?:[^\W_]|[.,:/](?=\d))*|\d(?:[^\W_]|[.,:/](?=\d)|[\'-](?=[^\W_]))*|[^\W_](?:[^\W_]|[\'-](?=[^\W_]))*|\S')
HIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def clean(text):
    text = HIDDEN.sub("", text.replace("’", "'").replace("‘", "'").replace("\t", " ").replace("\u00a0", " "))
    text = re.sub(r"\s*[\r\n]+\s*", ", ", text)
    return re.sub(" +", " ", text).strip(" ,")


class Text:
    def __init__(self, words, folded=None, bare=None):
        self.words = words
        self.folded = folded if folded is not None else ['"' if kind == "quote" else fold for _, fold, kind, _ in words]
        self.plain = bare if bare is not None else [plain(word) for word in self.folded]

    @staticmethod
    def of(text):
        words = []
        for token in TOKEN.finditer(text):
            written = token.group()
            kind = "quote" if len(written) > 2 and written[0] in '"“«' else "word" if written[0].isalnum() else "mark"
            words.append((written, unicodedata.normalize("NFC", written.lower()) if kind == "word" else written, kind, token.start()))
        return Text(words)

    def marked(self):
        return self.folded != self.plain

    def only(self, indices):
        indices = list(indices)
        return Text([self.words[i] for i in indices], [self.folded[i] for i in indices], [self.plain[i] for i in indices])


def is_number(word):
    return word[2] == "word" and word[0][0] in "0123456789"


def written(words):
    text = ""
    for i, word in enumerate(words):
        touches = i > 0 and words[i - 1][3] + len(words[i - 1][0]) == word[3]
        pause = word[2] == "mark" and word[0] in PAUSES and word[0] != "("
        if i > 0 and not touches and not pause:
            text += " "
        text += word[0]
    return text.strip()


ENGLISH_WORDS = set(
    """a an the of in on at with and to by from into over under near is are no not without wearing sitting standing holding very some two three style background
    light lighting photo portrait""".split()
)
VIETNAMESE_LETTERS = re.compile("[ăâđêôơưàãõòèìùẠ-ỹ]")


def language_of(text):
    english, spanish, vietnamese, marked = 0.01, 0, 0, text.marked()
    for at, word in enumerate(text.words):
        if word[2] != "word" or is_number(word):
            continue
        folded = text.folded[at]
        if folded in ENGLISH_WORDS or TERMS.match(text.folded, at)[1] > 0:
            english += 1
        if re.search("[ñ¿¡]", folded):
            spanish += 2
        elif VIETNAMESE_LETTERS.search(folded):
            vietnamese += 2
        if SPANISH.exact.find(folded) or spanish_form(text.plain[at])[0]:
            spanish += 1
        length = VIETNAMESE.match(text.folded, text.plain, at, marked)[1]
        if length > 0:
            vietnamese += 1.5 if length > 1 else 0.8
    return "en" if english >= spanish and english >= vietnamese else "es" if spanish >= vietnamese else "vi"


def first_of(*words):
    for word in words:
        senses = SPANISH.plain.find(word)
        if senses:
            return senses
    return []


ENDINGS = (("isimo", "very ", ""), ("isima", "very ", ""), ("cito", "little ", ""), ("cita", "little ", ""), ("ito", "little ", ""), ("ita", "little ", ""), ("mente", "", "ly"))


def singular(word):
    if len(word) < 3:
        return []
    if word[-1] == "a":
        senses = first_of(word[:-1] + "o", word[:-1], word[:-1] + "e")
        if senses:
            return senses
    for ending, before, after in ENDINGS:
        if not word.endswith(ending) or len(word) < len(ending) + 3:
            continue
        stem = word[: -len(ending)]
        senses = first_of(stem + "o", stem + "a", stem + "e", stem)
        if senses:
            return [(group, "adv" if after else kind, before + english + after) for group, kind, english in senses]
    return []


def spanish_form(word):
    if len(word) < 4:
        return [], False
    senses = singular(word)
    if senses:
        return senses, False
    bases = ([word[:-3] + "z"] if word.endswith("ces") else []) + ([word[:-1]] if word[-1] == "s" else []) + ([word[:-2]] if word.endswith("es") else [])
    for base in bases:
        senses = SPANISH.plain.find(base) or singular(base)
        if senses:
            return senses, True
    return [], False


class Unit:
    __slots__ = ("kind", "group", "english", "plural", "known")

    def __init__(self, kind, group, english, plural=False, known=True):
        self.kind, self.group, self.english, self.plural, self.known = kind, group, english, plural, known


def read_units(text, lexicon, inflected):
    candidates, at, as_written = [], 0, not inflected and text.marked()
    while at < len(text.words):
        word = text.words[at]
        if word[2] != "word" or is_number(word):
            candidates.append(([], word, False))
            at += 1
            continue
        senses, length = lexicon.match(text.folded, text.plain, at, as_written)
        many = False
        if length == 0 and inflected:
            senses, many = spanish_form(text.plain[at])
        candidates.append((senses, word, many))
        at += max(1, length)
    units = []
    for i, (senses, word, many) in enumerate(candidates):
        if not senses:
            if word[2] == "mark":
                units.append(Unit(None, "", word[0]))
            else:
                number = is_number(word)
                units.append(Unit("num" if number else "noun", "", word[0], known=number))
            continue
        after = candidates[i + 1][0] if i + 1 < len(candidates) else []
        group, kind, english = senses[0] if len(senses) == 1 else sense_of(senses, units[-1] if units else None, after)
        if kind == "drop" and not english:
            continue
        units.append(Unit(kind, group, english, many))
    return units


def sense_of(senses, before, after):
    noun = any(sense[1] in ("noun", "classifier") for sense in after)
    for wanted, fits in (("classifier", noun), ("num", noun), ("prep", noun or any(sense[1] == "det" for sense in after)),
                         ("adj", before is not None and before.kind in ("noun", "adv")),
                         ("noun", before is not None and before.kind in ("det", "num", "prep", "classifier"))):
        if fits:
            for sense in senses:
                if sense[1] == wanted:
                    return sense
    return senses[0]


class Sentence:
    def __init__(self):
        self.text, self.article, self.last = "", False, ""

    def add(self, word):
        if not word:
            return
        if word == "a":
            self.article = True
            return
        if self.article and word not in ("one", "the", "some", "this", "that"):
            low = word.lower()
            self.write("a" if low.startswith(("uni", "eur", "one")) else "an" if low.startswith("hour") or low[0] in "aeiou" else "a")
        self.article = False
        self.write(word)

    def mark(self, mark):
        self.article = False
        if mark in "([#@":
            self.write(mark)
        else:
            self.text += mark
        self.last = mark

    def write(self, word):
        if self.text and self.text[-1] not in "([#@-/":
            self.text += " "
        self.text += word
        self.last = word


class NounPhrase:
    def __init__(self):
        self.determiner = self.number = self.measure = self.head = None
        self.plural, self.before, self.after, self.modifiers = False, [], [], []

    def join(self, conjunction, adjective):
        if self.after:
            self.after[0] = f"{self.after[0]} {conjunction} {adjective}"
        else:
            self.after.insert(0, adjective)

    def write(self, sentence):
        many = self.plural or (self.head is not None and self.head.plural)
        if self.determiner is not None and not (many and self.determiner == "a"):
            sentence.add(self.determiner)
        for part in (self.number, self.measure, *self.before, *self.after, *self.modifiers):
            sentence.add(part or "")
        if self.head is not None:
            several = (many or (self.measure is not None and self.measure not in ("glass of", "cup of"))) and self.head.known and self.head.kind == "noun"
            sentence.add(plural(self.head.english) if several else self.head.english)


SURFACES = set(
    """sofa|table|bed|chair|armchair|beach|roof|rooftop|street|wall|hill|mountain|island|bench|floor|horse|bicycle|bike|motorcycle|rug|lawn|balcony|terrace|bridge|road|
    branch|desk|shelf|plate|cliff|shore|coast|sea|ground|stage|path|farm|train|boat|ship|summit|swing|hammock|wooden table|trail|pier|pavement""".replace("\n", "").replace(" " * 4, "").split("|")
)


def adjective(units, at, degrees, trailing=()):
    degree = ""
    if at < len(units) and units[at].kind == "adv" and units[at].english in degrees:
        degree, at = units[at].english + " ", at + 1
    if at >= len(units) or units[at].kind != "adj":
        return None, at
    word, end = units[at].english, at + 1
    if trailing and not degree and end < len(units) and units[end].kind == "adv" and units[end].english in trailing:
        degree, end = units[end].english + " ", end + 1
    return degree + word, end


SPANISH_DEGREES = {"very", "more", "quite", "extremely", "super", "ultra", "too"}


def write_spanish(units):
    sentence, at = Sentence(), 0
    while at < len(units):
        unit = units[at]
        if unit.kind is None:
            sentence.mark(unit.english)
            at += 1
        elif starts_noun(units, at, ("det", "num", "adj")):
            at = spanish_noun(units, at, sentence)
        else:
            twice = unit.kind == "prep" and unit.english in ("to", "to the", "of", "of the") and sentence.last.endswith((" at", " of", " to"))
            if not twice:
                sentence.add("on" if unit.kind == "prep" and unit.english == "in" and is_surface(units, at + 1) else unit.english)
            elif unit.english.endswith(" the"):
                sentence.add("the")
            at += 1
    return sentence.text


def is_surface(units, at):
    while at < len(units) and units[at].kind in ("det", "num", "adj"):
        at += 1
    return at < len(units) and units[at].kind == "noun" and units[at].english in SURFACES


def starts_noun(units, at, before):
    for unit in units[at:]:
        if unit.kind == "noun" or ("classifier" in before and unit.kind == "classifier" and unit.english):
            return True
        if unit.kind not in before:
            return False
    return False


def spanish_noun(units, at, sentence):
    phrase = NounPhrase()
    while units[at].kind != "noun":
        unit = units[at]
        if unit.kind == "num":
            phrase.number = unit.english if phrase.number is None else f"{phrase.number} {unit.english}"
            phrase.plural |= unit.english not in ("one", "1", "half", "first", "second", "third")
        elif unit.kind == "det":
            phrase.determiner = unit.english if phrase.determiner is None else f"{phrase.determiner} {unit.english}"
            phrase.plural |= unit.english in ("several", "many", "few", "both", "these", "those")
        else:
            phrase.before.append(unit.english)
        at += 1
    phrase.head = units[at]
    at += 1
    if phrase.head.english == "style":
        names = []
        while at < len(units) and units[at].kind == "noun":
            names.append(units[at].english)
            at += 1
        if names:
            phrase.modifiers.insert(0, " ".join(names))
    while at < len(units):
        word, end = adjective(units, at, SPANISH_DEGREES)
        if word is not None:
            phrase.after.insert(0, word)
            at = end
            continue
        if units[at].kind == "conj" and units[at].english in ("and", "or") and phrase.after:
            word, end = adjective(units, at + 1, SPANISH_DEGREES)
            if word is not None and (end >= len(units) or units[end].kind != "noun"):
                phrase.join(units[at].english, word)
                at = end
                continue
        break
    phrase.write(sentence)
    return at


TIMES = {
    "sunset": "at sunset", "sunrise": "at sunrise", "dawn": "at dawn", "dusk": "at dusk", "noon": "at noon", "midnight": "at midnight", "night": "at night",
    "moonlit night": "on a moonlit night", "starry night": "on a starry night", "morning": "in the morning", "early morning": "in the early morning",
    "afternoon": "in the afternoon", "late afternoon": "in the late afternoon", "evening": "in the evening", "daytime": "in the daytime", "spring": "in spring",
    "summer": "in summer", "autumn": "in autumn", "winter": "in winter", "golden hour": "at golden hour", "blue hour": "at blue hour",
}
DEPICTIONS = set(
    """photo|photograph|portrait|portrait photo|painting|drawing|sketch|illustration|picture|image|scene|view|panorama|watercolor painting|oil painting|close-up|caricature|
    statue|scenery|story|aerial view|cartoon""".replace("\n", "").replace(" " * 4, "").split("|")
)
VIETNAMESE_DEGREES = {"very", "too", "extremely", "super", "slightly", "quite", "really"}
TRAILING = {"very", "too", "extremely"}


def write_vietnamese(units):
    sentence, at = Sentence(), 0
    while at < len(units):
        unit = units[at]
        if unit.kind is None:
            sentence.mark(unit.english)
            at += 1
        elif unit.kind == "prep" and unit.english in ("in", "at", "into") and at + 1 < len(units) and units[at + 1].english in TIMES:
            sentence.add(TIMES[units[at + 1].english])
            at += 2
        elif starts_noun(units, at, ("det", "num", "classifier")):
            at = vietnamese_noun(units, at, sentence)
        else:
            sentence.add(unit.english)
            at += 1
    return sentence.text


def vietnamese_noun(units, at, sentence):
    phrase = NounPhrase()
    while at < len(units) and units[at].kind in ("det", "num", "classifier"):
        unit = units[at]
        if unit.kind == "num":
            phrase.number = unit.english if phrase.number is None else f"{phrase.number} {unit.english}"
            phrase.plural |= unit.english not in ("one", "1", "half")
        elif unit.kind == "det":
            phrase.determiner = unit.english if phrase.determiner is None else f"{phrase.determiner} {unit.english}"
            phrase.plural |= unit.english in ("some", "many", "a few", "few", "all")
        elif at + 1 < len(units) and units[at + 1].kind == "noun":
            if unit.english.endswith(" of"):
                phrase.measure = unit.english
        else:
            phrase.head = Unit("noun", unit.group, unit.english.replace(" of", ""), unit.plural, unit.known)
            at += 1
            break
        at += 1
    if phrase.head is None:
        if at >= len(units):
            return at
        phrase.head = units[at]
        at += 1
    head, joint = phrase.head, None
    while at < len(units):
        unit = units[at]
        word, end = adjective(units, at, VIETNAMESE_DEGREES, TRAILING)
        if word is not None:
            phrase.after.insert(0, word)
            at = end
            continue
        if unit.kind in ("conj", "prep") and unit.english in ("and", "or") and phrase.after:
            word, end = adjective(units, at + 1, VIETNAMESE_DEGREES, TRAILING)
            if word is not None:
                phrase.join(unit.english, word)
                at = end
                continue
        if unit.kind == "det" and unit.english in ("this", "that", "other"):
            phrase.determiner = unit.english
            at += 1
        elif unit.kind != "noun":
            break
        elif unit.english in TIMES and head.english not in TIMES and head.group != "style":
            phrase.write(sentence)
            sentence.add(TIMES[unit.english])
            return at + 1
        else:
            joint = joint_of(head, unit)
            if joint is not None:
                break
            if unit.english.endswith(head.english):
                phrase.head = unit
            else:
                phrase.modifiers.insert(0, unit.english)
            at += 1
    phrase.write(sentence)
    if joint is None:
        return at
    sentence.add(joint)
    return vietnamese_noun(units, at, sentence)


def joint_of(head, unit):
    if head.english in DEPICTIONS or head.english.endswith("painting"):
        return None if unit.group == "style" else "of"
    if head.group not in ("people", "animals"):
        return None
    return {"clothes": "in", "body": "with"}.get(unit.group)


def translate(text, language):
    spanish = language == "es"
    units = read_units(text, SPANISH if spanish else VIETNAMESE, spanish)
    english = write_spanish(units) if spanish else write_vietnamese(units)
    unknown = list(dict.fromkeys(unit.english for unit in units if not unit.known and len(unit.english) > 1 and unit.english[0] != '"'))
    return english, unknown


class Negation:
    def __init__(self, words):
        self.exact, self.bare = PhraseTable(), PhraseTable()
        for cues, value in ((words["cues"], 1), (words["none"], -1)):
            for cue in cues:
                self.exact.add(cue, value)
                self.bare.add(plain(cue), value)
        self.joints, self.stops, self.fillers = ({plain(word) for word in words[name]} for name in ("joints", "stops", "fillers"))

    def cue(self, words, at, exact):
        values, length = (self.exact if exact else self.bare).match(words, at)
        return -length if -1 in values else length


NEGATIONS = {language: Negation(words) for language, words in json.loads((LEXICON / "negation.json").read_text(encoding="utf-8")).items()}
DANGLING = set("and but or with pero y con và nhưng mà va nhung ma there are is please should be i want do que e".split())
COURTESY = set("please pls thanks porfa nhé nha ạ nhe".split())
JOINING = {"and", "but", "y", "pero", "và", "nhưng"}


def read_negations(text, language):
    own, words, exact, found, at = NEGATIONS[language], text.words, language == "vi" and text.marked(), [], -1
    while at + 1 < len(words):
        at += 1
        if words[at][2] != "word":
            continue
        length = own.cue(text.folded if exact else text.plain, at, exact)
        if length == 0 and language != "en" and text.folded[at] in ("without", "not", "avoid", "except"):
            length = 1
        if length < 0:
            at += -length - 1
        if length <= 0:
            continue
        end, terms = unwanted(words, text.plain, at + length, own)
        if not terms:
            continue
        found.append((at, end, terms))
        at = end - 1
    return found


def unwanted(words, bare, at, own):
    terms, start, used = [], -1, 0
    while at < len(words):
        word = words[at]
        if word[2] == "mark" and word[0] not in "/&-'":
            break
        if bare[at] in own.fillers and start < 0:
            at += 1
            continue
        if bare[at] in own.joints or word[0] in ("/", "&"):
            if start >= 0:
                terms.append((start, at))
                start = -1
            if at + 1 < len(words):
                after = bare[at + 1]
                if after not in own.joints and after in own.stops and after not in own.fillers:
                    break
                if after in ("a", "an", "the", "un", "una", "mot"):
                    break
            used = 0
            at += 1
            continue
        if start >= 0 and bare[at] in own.stops:
            break
        if start < 0 and bare[at] in own.stops and bare[at] in ("but", "pero", "nhung"):
            break
        if start < 0:
            start = at
        used += 1
        if used >= 6:
            at += 1
            break
        at += 1
    if start >= 0:
        terms.append((start, at))
    return at, terms


REQUESTS = [
    "can you please", "could you please", "can you", "could you", "would you", "please", "i want you to", "i want to see", "i want", "i would like", "i'd like", "i need",
    "we need", "give me", "show me", "make me", "draw me", "paint me", "create", "generate", "make", "draw", "render", "imagine", "design me",
]
PICTURES = [
    "an image of", "a picture of", "an image showing", "a picture showing", "image of", "picture of", "an image with", "a picture with", "images of", "pictures of",
]


def starts(text, phrase):
    return len(text) > len(phrase) and text[: len(phrase)].lower() == phrase and text[len(phrase)] in " ,"


def without_request(text):
    rest, asked, again = text, False, True
    while again:
        again = False
        for request in REQUESTS:
            if starts(rest, request):
                rest, asked, again = rest[len(request):].lstrip(" ,"), True, True
                break
    if not asked:
        return text
    for picture in PICTURES:
        if starts(rest, picture):
            rest = rest[len(picture):].lstrip()
            break
    return rest or text


def read_prompt(prompt):
    text = Text.of(clean(prompt))
    language = language_of(text)
    negations = read_negations(text, language)
    wanted = text
    if negations:
        kept, at, words = [], 0, text.words
        for start, end, _ in negations:
            kept += range(at, start)
            while kept and words[kept[-1]][2] == "word" and words[kept[-1]][0].lower() in DANGLING:
                kept.pop()
            at = end
            while at < len(words) and words[at][0].lower() in COURTESY:
                at += 1
            if at < len(words) and words[at][1] in JOINING:
                at += 1
        kept += range(at, len(words))
        for i in range(len(kept) - 1, -1, -1):
            mark = words[kept[i]]
            if mark[2] == "mark" and mark[0] in (",", ".", ";", "!") and (
                i == 0 or words[kept[i - 1]][0] in (",", ";") or (i == len(kept) - 1 and mark[0] in (",", ";"))
            ):
                del kept[i]
        wanted = text.only(kept)
    ruled_out = []
    for _, _, terms in negations:
        for start, end in terms:
            part = text.only(range(start, end))
            term = written(part.words) if language == "en" else translate(part, language)[0]
            if term and term.lower() not in (known.lower() for known in ruled_out):
                ruled_out.append(term)
    if language == "en":
        return language, without_request(written(wanted.words)), ruled_out, []
    english, unknown = translate(wanted, language)
    return language, english, ruled_out, unknown


MEANT = {"and", "to", "vs", "versus", "into", "between", "or", "meets", "turning", "becoming"}


def is_meant(words, one, other):
    start, end = min(one[3], other[3]), max(one[2], other[2])
    if end - start <= 4 and any(word in MEANT for word in words[start:end]):
        return True
    return any(word in words for word in ("half", "split", "transition", "contrast", "juxtaposition"))


def leading(words, start):
    while start > 0 and words[start - 1] in ("at", "in", "with", "during", "very", "of", "on", "the"):
        start -= 1
    if start > 1 and words[start - 1] in ("a", "an") and words[start - 2] in ("on", "in", "during", "at"):
        return leading(words, start - 1)
    return start


def sides_of(words):
    at = 0
    while at < len(words):
        found, length = CONFLICTS.match(words, at)
        yield from found
        at += max(1, length)


def resolve(text):
    words, hits, at = text.folded, [], 0
    while at < len(words):
        found, length = CONFLICTS.match(words, at)
        hits += [(name, side, at, at + length) for name, side in found]
        at += max(1, length)
    conflicts, dropped = [], set()
    for name in dict.fromkeys(hit[0] for hit in hits):
        group = [hit for hit in hits if hit[0] == name]
        kept = group[0]
        for other in group[1:]:
            if other[1] == kept[1] or is_meant(words, kept, other):
                continue
            said = lambda hit: " ".join(word[0] for word in text.words[hit[2]:hit[3]])
            conflicts.append((name, said(kept), said(other)))
            dropped.update(range(leading(words, other[2]), other[3]))
    if not dropped:
        return text, []
    left = []
    for i, word in enumerate(text.words):
        if i in dropped or (word[0] == "," and (not left or text.words[left[-1]][0] == ",")):
            continue
        left.append(i)
    if left and text.words[left[-1]][0] == ",":
        left.pop()
    return text.only(left), conflicts


IMAGINED = set(
    """dragon unicorn fairy phoenix elf orc goblin wizard mermaid griffin pegasus hydra kraken demon angel magic magical enchanted fantasy mystical dragons fairies troll
    ogre qilin centaur witch""".split()
)
SMALL = set(
    """a an the of in on at with and or to by from into over under is are its his her their my your some that this as for near next behind up down very while through
    around between there""".split()
)


def analyse(text):
    words, scores, groups, media, moments, facets, known, first, imagined = text.folded, {}, set(), [], [], set(), 0, True, False
    at = 0
    while at < len(words):
        terms, length = TERMS.match(words, at)
        imagined |= words[at] in IMAGINED
        for kind, name in terms:
            if kind == "noun":
                groups.add(name)
                for subject in ENRICHMENT["subjects"]:
                    if name in subject["groups"]:
                        scores[subject["name"]] = scores.get(subject["name"], 0) + (2.5 if first else 1)
            elif kind == "subject":
                scores[name] = scores.get(name, 0) + 3
            elif kind == "medium":
                if name not in media:
                    media.append(name)
            elif kind == "moment":
                if name not in moments:
                    moments.append(name)
            else:
                facets.add(name)
        if length > 1:
            for word in words[at:at + length]:
                facets.update(name for kind, name in TERMS.find(word) if kind == "facet")
        if any(kind == "noun" for kind, _ in terms):
            first = False
        known += length
        at += max(1, length)
    subject = None
    for candidate in ENRICHMENT["subjects"]:
        if candidate["name"] in scores and (subject is None or scores[candidate["name"]] > scores[subject["name"]]):
            subject = candidate
    if subject is not None and subject["name"] == "portrait" and groups & {"nature", "city", "vehicles"} and "portrait" not in words:
        subject = SUBJECTS["figure"]
    return subject, media, moments, facets, known, imagined


def style_of(style):
    if not style or not style.strip():
        return None, None
    name = clean(style[:60]).replace("-", " ").replace("_", " ").lower()
    if name in ("auto", "none", "default", ""):
        return None, None
    for medium in ENRICHMENT["media"]:
        if name == medium["name"] or any(word.replace("-", " ") == name for word in medium["words"]):
            return medium, medium["phrase"] if medium["words"][0] == name or name in medium["phrase"] else f"{name}, {medium['phrase']}"
    return None, name if "style" in name.split() else f"{name} style"


def overlaps(words, term):
    return any(len(word) > 3 and any(own.startswith(word.rstrip("s")) for own in words) for word in term.lower().split(" "))


def refine(prompt, style=None):
    language, wanted, ruled_out, unknown = read_prompt(prompt)
    text, conflicts = resolve(Text.of(wanted))
    if conflicts:
        wanted = written(text.words)
    wanted = wanted.rstrip(" ,;.")
    subject, media, moments, facets, known, imagined = analyse(text)
    style_medium, phrase = style_of(style)
    medium = MEDIA[media[0]] if media else style_medium
    if style_medium is not None and medium is not style_medium:
        conflicts = conflicts + [("style", medium["phrase"], style.strip())]
        phrase = None
    if medium is None:
        medium = MEDIA["digital art" if imagined else "photo"]
    words, taken, added, room = text.folded, set(sides_of(text.folded)), [], MAX_LENGTH - len(wanted)

    def add(phrase):
        nonlocal room
        if not phrase or len(phrase) + 2 > room:
            return
        for part in phrase.split(", "):
            own = part.lower().split(" ")
            if all(word in words for word in own) or any((name, 1 - side) in taken for name, side in sides_of(own)):
                continue
            if any(overlaps(own, term) for term in ruled_out):
                continue
            added.append(part)
            room -= len(part) + 2

    if phrase is not None:
        add(phrase)
    elif not media:
        add(medium["phrase"])
    if "light" not in facets:
        if ("color", 0) in taken:
            add("rich tonal contrast")
        elif moments:
            add(MOMENTS[moments[0]]["light"])
        elif medium["name"] not in ("vector", "pixel art"):
            add(subject["light"] if subject else "natural light")
    if medium.get("lens") and "lens" not in facets and "composition" not in facets:
        add(subject["lens"] if subject else "")
    if "composition" not in facets:
        add(subject["composition"] if subject else "balanced composition")
    if "quality" not in facets:
        add(medium["quality"])

    negative, seen = [], set()
    for term in ruled_out + [dropped for name, _, dropped in conflicts if name != "style"]:
        if term.lower() not in seen:
            seen.add(term.lower())
            negative.append(term)
    for term in medium["negative"] + (subject["negative"] if subject else []):
        if term.lower() in seen:
            continue
        seen.add(term.lower())
        if not any(word in words for word in term.lower().split(" ")):
            negative.append(term)

    content = sum(1 for word in text.words if word[2] == "word" and not is_number(word) and word[1] not in SMALL)
    confidence = 0.1
    if content:
        confidence = (0.3 + 0.45 * min(1, known / content) + (0.15 if subject else 0) + (0.08 if content >= 3 else 0)
                      - 0.3 * min(1, len(unknown) / content) - 0.1 * len(conflicts))
        confidence = round(min(0.98, max(0.05, confidence)), 2)
    return {
        "original_prompt": prompt,
        "refined_prompt": ", ".join(part for part in [wanted, *added] if part),
        "negative_prompt": ", ".join(negative),
        "confidence_score": confidence,
        "method_used": "rule_based",
        "language": language,
        "added": added,
        "contradictions": [{"name": name, "kept": kept, "dropped": dropped} for name, kept, dropped in conflicts],
        "untranslated": unknown,
    }
