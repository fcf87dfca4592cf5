"""How surely each word's event is meant: polarity, certainty, modality, tense and condition, from syntax and cue words.

One walk from the roots down: each token gets the verdict its context passes on, then its own cues change it. What an
embedding word passes on is its signature (Karttunen 1971, 2012; Nairn, Condoravdi & Karttunen 2006), the degrees are
FactBank's (Saurí & Pustejovsky 2009). All words are in `ontology/cues.ttl`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Certainty, Cue, Modality, Polarity, Span, Tense
from kg.reading.qualify.lexicon import Effect, Lexicon, Signature, lexicon

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.reading.parse import Parse, Token

_DEGREES: Final = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN)


class Verdict(NamedTuple):
    """How the event of one token is meant by the innermost source that speaks of it."""

    negative: bool = False
    level: int = 0
    """0 certain, 1 probable, 2 possible, 3 unknown."""
    modality: Modality = Modality.NONE
    tense: Tense = Tense.PRESENT
    condition: Span | None = None
    """The clause that it depends on."""
    antecedent: bool = False
    """It lies inside a condition."""
    cues: tuple[Cue, ...] = ()

    @property
    def polarity(self) -> Polarity:
        """Whether it is so or not so."""
        return Polarity.NEGATIVE if self.negative else Polarity.POSITIVE

    @property
    def certainty(self) -> Certainty:
        """How surely."""
        return _DEGREES[self.level]


_PLAIN: Final = Verdict()
_CLAUSAL: Final = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl", "pcomp", "oprd", "parataxis", "dep"})
_NOMINAL: Final = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "dative", "appos", "npadvmod", "nmod"})
_ARGUMENT: Final = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "dative", "expl"})
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_PREDICATIVE: Final = ("acomp", "attr", "oprd")
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
_TENSED: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WISHES: Final = frozenset({Modality.INTENTION, Modality.ATTEMPT, Modality.PROPOSAL})
_VERBAL: Final = frozenset({"VERB", "AUX"})
_CONDITIONS: Final = frozenset({"condition", "exception"})


def certainty(parse: Parse, ontology: Ontology) -> tuple[Verdict, ...]:
    """Judge every token of a parse as if it were a predicate; linear in the number of tokens.

    >>> from kg.ontology import ontology
    >>> from kg.reading.parse import Parser
    >>> from kg.model import Document
    >>> parse = next(Parser().read([Document("d", "They failed to sign.")]))
    >>> certainty(parse, ontology())[3].polarity.value
    'negative'
    """
    return _Walk(parse, lexicon(ontology)).run()


class _Marks:
    """The cue tokens among one head's children."""

    __slots__ = (
        "adjectives",
        "adverbs",
        "any",
        "aux",
        "companions",
        "conditions",
        "definite",
        "excess",
        "negatives",
        "opener",
        "rank",
        "to",
    )

    def __init__(self) -> None:
        self.aux: list[Token] = []
        self.negatives: list[Token] = []
        self.adverbs: list[Token] = []
        self.adjectives: list[Token] = []
        self.conditions: list[Token] = []
        self.companions: list[str] = []
        self.opener: Token | None = None
        self.definite = False
        self.any = False
        self.rank = False
        self.excess = False
        self.to = False


_NONE: Final = _Marks()


class _Walk:
    """One pass over a parse: marks gathered left to right, verdicts from the roots down."""

    def __init__(self, parse: Parse, words: Lexicon) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.words = words
        self.marks: dict[int, _Marks] = {}
        self.context: list[Verdict] = [_PLAIN] * len(parse.tokens)
        """What a token's surroundings pass on to it."""
        self.own: list[Verdict] = [_PLAIN] * len(parse.tokens)
        """That, changed by the token's own cues."""
        self.adopted: dict[int, int] = {}
        """Conjuncts of a condition that hang on its main verb → the condition's verb."""
        self.severed: dict[int, tuple[int, Effect | None]] = {}
        """ "Of" cut off by an insertion → the noun it belongs to, and what the insertion says of it."""
        self.remote: set[int] = set()
        """Verbs under a condition in the past tense."""
        self.shifted: set[int] = set()
        """Tokens under a past verb of speech or thought."""

    def run(self) -> tuple[Verdict, ...]:
        for token in self.tokens:
            self.gather(token)
        tokens, own = self.tokens, self.own
        for sentence in self.parse.sentences:
            root = tokens[sentence.root]
            asked = tokens[sentence.end - 1].text == "?" or tokens[max(sentence.first, sentence.end - 2)].text == "?"
            self.judge(root, self.root(root, asked))
            queue = list(root.children)
            for i in queue:
                token = tokens[i]
                if token.dep == "amod":
                    own[i] = self.context[i] = self.context[token.head]
                elif token.dep in _SILENT and token.pos not in _VERBAL:
                    own[i] = self.context[i] = own[token.head]
                else:
                    self.judge(token, self.passed(token))
                queue.extend(token.children)
        return tuple(own)

    # --- marks ---

    def of(self, i: int) -> _Marks:
        marks = self.marks.get(i)
        if marks is None:
            marks = self.marks[i] = _Marks()
        return marks

    def gather(self, token: Token) -> None:
        """File a token under its head if it is a cue there."""
        dep, lower, head = token.dep, token.lower, token.head
        if dep in ("det", "poss", "punct", "compound"):
            if dep == "poss" or lower in _DEFINITE:
                self.of(head).definite = True
            elif lower == "any":
                self.of(head).any = True
            elif dep == "det" and lower in self.words.words["NegativeDeterminer"]:
                self.negate(token, head)
            return
        if dep in ("aux", "auxpass"):
            marks = self.of(head)
            marks.aux.append(token)
            marks.to = marks.to or token.tag == "TO"
            return
        if lower in self.words.companions:
            self.of(head).companions.append(lower)
        kinds = self.words.marks.get(lower)
        if kinds is not None or dep == "neg":
            self.mark(token, kinds or "Negator")

    def mark(self, token: Token, kinds: str) -> None:
        dep, head = token.dep, token.head
        if "NegativePronoun" in kinds and dep not in ("preconj", "cc"):
            self.negate(token, token.i)
        elif "Neg" in kinds and dep in ("neg", "advmod", "det", "preconj", "cc", "dep"):
            self.negation(token)
        elif "Subordinator" in kinds and dep in ("mark", "advmod", "prep", "advcl"):
            self.subordinate(token)
        elif "Rank" in kinds and dep == "amod":
            self.of(head).rank = True
        elif "ExcessAdverb" in kinds and dep == "advmod":
            self.of(head).excess = True
        elif "CertaintyAdverb" in kinds and dep == "advmod":
            self.of(head).adverbs.append(token)
        elif "CertaintyAdjective" in kinds and dep in ("amod", "compound"):
            self.of(head).adjectives.append(token)

    def negation(self, token: Token) -> None:
        """File "not" and its kin, unless the next words take the negation away from the verb."""
        tokens, words = self.tokens, self.words.words
        after = tokens[token.i + 1] if token.i + 1 < len(tokens) else token
        before = tokens[token.i - 1] if token.i else token
        if after.lower in words["NegationFocus"] and after.sent == token.sent and after.dep != "aux":
            return
        if token.lower in words["EllipticCondition"] and before.lower == "if" and tokens[token.head].pos in _VERBAL:
            self.elliptic(before, token)
            return
        if token.dep == "cc":
            heads = [c for c in tokens[token.head].children if tokens[c].dep == "conj" and c > token.i]
            if token.lower == "nor":
                self.of(heads[0] if heads else token.head).negatives.append(token)
            return
        head = token.head
        if tokens[head].lower in words["NegationFocus"] and tokens[head].pos == "ADV":
            return
        if token.dep == "preconj" or (tokens[head].dep in ("nsubj", "nsubjpass") and token.i < head):
            self.negate(token, head)
            return
        if tokens[head].dep in ("aux", "auxpass") or (tokens[head].pos == "ADV" and tokens[head].dep == "advmod"):
            head = tokens[head].head
        self.of(head).negatives.append(token)

    def elliptic(self, opener: Token, token: Token) -> None:
        """Take "if not, …" for a condition of the clause, not its negation."""
        self.of(token.head).conditions.append(opener)

    def negate(self, token: Token, noun: int) -> None:
        """File "no" and "nothing" under the noun and under the verb it is an argument of."""
        tokens = self.tokens
        self.of(noun).negatives.append(token)
        head = tokens[tokens[noun].head]
        dep = tokens[noun].dep
        if dep == "pobj" and tokens[noun].lower in self.words.words["NegativeNoun"]:
            self.of(head.head).negatives.append(token)
        elif dep in _ARGUMENT and head.pos in _VERBAL:
            self.of(head.i).negatives.append(token)

    def subordinate(self, token: Token) -> None:
        """File a clause's opener under the clause, and a condition under the verb that depends on it."""
        clause = self.tokens[token.head]
        marks = self.of(clause.i)
        if marks.opener is None:
            marks.opener = token

    # --- judging ---

    def judge(self, token: Token, context: Verdict) -> None:
        self.context[token.i] = context
        marks = self.marks.get(token.i)
        if token.pos in _VERBAL:
            self.own[token.i] = self.verb(token, context, marks or _NONE)
        elif marks is not None:
            self.own[token.i] = self.noun(token, context, marks)
        else:
            self.own[token.i] = context

    def root(self, root: Token, asked: bool) -> Verdict:
        if not asked or root.pos not in _VERBAL:
            return _PLAIN
        first = self.tokens[root.left]
        wh = first.tag.startswith("W") or any(self.tokens[i].tag.startswith("W") for i in root.children)
        mark = self.tokens[self.parse.sentences[root.sent].end - 1]
        cue = (Cue("modality", mark.span),)
        return Verdict(level=0 if wh else 3, modality=Modality.QUESTION, cues=cue)

    def verb(self, token: Token, context: Verdict, marks: _Marks) -> Verdict:
        """Apply tense, modal, negation, adverbs and condition of a verb to what its context says."""
        negative, level, modality, tense, condition, antecedent, cues = context
        shared = token.dep == "conj" and self.shares(token, marks)
        if not shared:
            tense = self.tense(token, marks, tense)
        denied = len(marks.negatives) % 2 == 1
        if marks.negatives:
            cues += tuple(Cue("polarity", n.span) for n in marks.negatives)
        modal = next((a for a in marks.aux if a.lower in self.words.modals), None)
        if modal is not None and antecedent and modal.i == token.left:
            modal = None  # "should the talks fail"
        conditions = self.conditions(token, marks)
        if conditions is not None:
            condition = conditions
            cues += (Cue("condition", self.opener(conditions)),)
            if modality is Modality.NONE:
                modality = Modality.CONDITIONAL
        if modal is not None:
            entry = self.words.modals[modal.lower]
            perfect = any(a.lemma == "have" for a in marks.aux)
            effect = entry.perfect if perfect else entry.negated if denied else entry.plain
            if denied and perfect:
                effect = entry.negated if entry.negated.level < effect.level else Effect(-effect.sign, effect.level)
            sign = effect.sign < 0 if effect.level < 3 else denied
            negative, level = negative != sign, max(level, effect.level)
            cues += (Cue("modality", modal.span),)
            remote = entry.modality is Modality.HYPOTHETICAL and not perfect and not denied
            if remote and condition is None and token.i not in self.shifted:
                level = max(level, 1)
            if perfect and negative and level == 0:
                condition = None  # counterfactual: it did not happen, whatever is supposed
            tense, modality = self.modal(token, entry.tense, entry.modality, perfect, conditions, modality, tense)
        elif denied:
            negative = not negative
        for adverb in marks.adverbs:
            effect = self.words.adverbs.get(adverb.lower, _FACT)
            negative, level = negative != (effect.sign < 0), max(level, effect.level)
            cues += (Cue("certainty", adverb.span),)
        if token.dep == "ROOT" and marks.to and not self.imperative(token, _NONE):  # "Minister to resign"
            level, modality, tense = max(level, 1), Modality.INTENTION, Tense.FUTURE
        if token.dep == "ROOT" and token.tag == "VB" and self.imperative(token, marks):
            level, modality, tense = 3, Modality.DEONTIC, Tense.HYPOTHETICAL
        return Verdict(negative, level, modality, tense, condition, antecedent, cues)

    def modal(
        self,
        token: Token,
        tense: Tense,
        modality: Modality | None,
        perfect: bool,
        condition: Span | None,
        outer: Modality,
        before: Tense,
    ) -> tuple[Tense, Modality]:
        """Tense and modality of a modal verb group."""
        if modality is Modality.HYPOTHETICAL:  # would: reported future, or remote
            if token.i in self.shifted and not perfect:
                return Tense.FUTURE, outer
            if perfect or condition is not None or outer is Modality.CONDITIONAL:
                return Tense.HYPOTHETICAL, Modality.HYPOTHETICAL if perfect else Modality.CONDITIONAL
            return Tense.FUTURE, Modality.HYPOTHETICAL if outer is Modality.NONE else outer
        if perfect:
            tense = Tense.PAST
            if modality is Modality.DEONTIC:
                modality = Modality.EPISTEMIC
        elif before is Tense.HYPOTHETICAL or (condition is not None and token.i in self.remote):
            tense = Tense.HYPOTHETICAL
        elif tense is Tense.FUTURE and modality is Modality.EPISTEMIC and token.lemma in self.words.words["Stative"]:
            tense = Tense.PRESENT
        return tense, modality or outer

    def noun(self, token: Token, context: Verdict, marks: _Marks) -> Verdict:
        """Apply "no", "alleged", "planned" to a noun or adjective."""
        verdict = context
        for adjective in marks.adjectives:
            effect, modality = self.words.adjectives.get(adjective.lower, (_FACT, None))
            if adjective.lower in self.words.words["FailureAdjective"] and token.lemma in self.words.infinitive:
                continue  # a failed attempt was made
            verdict = verdict._replace(
                negative=verdict.negative != (effect.sign < 0),
                level=max(verdict.level, effect.level),
                modality=modality or verdict.modality,
                tense=Tense.HYPOTHETICAL if effect.level == 3 else verdict.tense,
                cues=(*verdict.cues, Cue("certainty", adjective.span)),
            )
        if marks.negatives:
            cues = tuple(Cue("polarity", n.span) for n in marks.negatives)
            plain = any(n.dep == "det" or n.i == token.i or n.dep == "preconj" for n in marks.negatives)
            negative = True if plain else not verdict.negative
            verdict = verdict._replace(negative=negative, cues=(*verdict.cues, *cues))
        if marks.adverbs and token.pos == "ADJ":
            effect = self.words.adverbs.get(marks.adverbs[0].lower, _FACT)
            cue = Cue("certainty", marks.adverbs[0].span)
            verdict = verdict._replace(level=max(verdict.level, effect.level), cues=(*verdict.cues, cue))
        return verdict

    def tense(self, token: Token, marks: _Marks, tense: Tense) -> Tense:
        """Tense of the verb group, seen from the source."""
        finite = token.tag if token.tag in _FINITE else next((a.tag for a in marks.aux if a.tag in _FINITE), None)
        if finite is None or (tense is Tense.HYPOTHETICAL and finite != "VBD"):
            return tense
        if any(a.lemma == "have" for a in marks.aux):
            return Tense.PAST if tense is not Tense.HYPOTHETICAL else tense
        if finite != "VBD":
            return Tense.PRESENT if tense is not Tense.FUTURE else tense
        if tense is Tense.HYPOTHETICAL:
            return tense
        if tense is Tense.FUTURE and token.dep == "advcl":
            return tense
        ongoing = token.tag == "VBG" or any(a.tag == "VBG" for a in marks.aux)
        if token.i in self.shifted and (ongoing or token.lemma in self.words.words["Stative"]):
            return Tense.PRESENT
        return Tense.PAST

    def imperative(self, token: Token, marks: _Marks) -> bool:
        return all(a.lemma == "do" for a in marks.aux) and all(
            self.tokens[c].dep not in _SUBJECT for c in token.children
        )

    # --- contexts ---

    def shares(self, token: Token, marks: _Marks) -> bool:
        """Whether a conjoined verb stands under the first one's auxiliaries."""
        if marks.aux or token.tag in _FINITE:
            return False
        head = self.tokens[token.head]
        if token.tag == "VB" or token.tag == head.tag:
            return not any(self.tokens[c].dep in _SUBJECT for c in token.children)
        return False

    def finite(self, token: Token, marks: _Marks) -> bool:
        return token.tag in _FINITE or any(a.tag in _TENSED for a in marks.aux)

    def passed(self, token: Token) -> Verdict:
        """What a token's place in the sentence passes on to it."""
        dep, head = token.dep, self.tokens[token.head]
        if head.i in self.shifted:
            self.shifted.add(token.i)
        if dep == "conj":
            return self.conjoined(token, head)
        if dep in _NOMINAL:
            return self.nominal(token, head)
        if dep == "advcl":
            return self.adverbial(token, head)
        if dep == "parataxis":
            return self.context[head.i]
        if dep in _CLAUSAL:
            return self.clausal(token, head)
        if dep == "relcl":
            return self.relative(token, head)
        return self.own[head.i]

    def conjoined(self, token: Token, head: Token) -> Verdict:
        marks = self.marks.get(token.i, _NONE)
        if token.i in self.adopted:
            return self.context[self.adopted[token.i]]
        if self.finite(token, marks):
            while not self.finite(head, self.marks.get(head.i, _NONE)) and head.dep in ("xcomp", "advcl", "conj"):
                head = self.tokens[head.head]
        for c in head.children:
            if head.i < c < token.i and self.tokens[c].dep == "cc":
                circumstance = self.circumstance(self.tokens[c])
                if circumstance is not None:
                    outer = self.own[head.i]._replace(negative=False)
                    return self.apply(token, outer, circumstance, None, self.tokens[c])
        if token.pos not in _VERBAL:
            own, context = self.own[head.i], self.context[head.i]
            if not own.negative:
                return context
            return context._replace(negative=False) if self.contrasts(token, head) else own
        if not self.shares(token, marks):
            return self.context[head.i]
        own = self.own[head.i]
        if own.negative and self.contrasts(token, head):
            return own._replace(negative=self.context[head.i].negative)
        return own

    def circumstance(self, opener: Token) -> Effect | None:
        """Effect of "without", "instead of", "rather than"."""
        circumstances = self.words.circumstances
        before = self.tokens[opener.i - 1].lower if opener.i else ""
        return circumstances.get(opener.lower) or circumstances.get(f"{before} {opener.lower}")

    def contrasts(self, token: Token, head: Token) -> bool:
        return any(self.tokens[c].lower == "but" for c in range(head.i + 1, token.i) if self.tokens[c].dep == "cc")

    def nominal(self, token: Token, head: Token) -> Verdict:
        """A noun phrase: under its verb's or noun's signature, else asserted if definite, else as its verb."""
        marks = self.marks.get(token.i, _NONE)
        governor, key = head, head.lemma
        if token.dep == "pobj":
            governor = self.tokens[head.head]
            key = f"{governor.lemma} {head.lower}"
            circumstance = self.circumstance(head)
            if circumstance is not None:
                return self.apply(token, self.own[governor.i]._replace(negative=False), circumstance, None, head)
            if self.supposing(token, head):
                return self.supposed(token, head)
        outer = self.own[governor.i]
        subject = token.dep in ("nsubj", "nsubjpass")
        if not subject or (token.dep == "nsubjpass" and key in self.words.nominal):
            signature = self.signature(self.words.nominal, governor, key)
            if signature is None and token.tag == "VBG":
                signature = self.signature(self.words.gerund, governor, key)
            if signature is not None:
                if signature.affirmed.sign < 0 and token.lemma in self.words.words["SpeechNoun"]:
                    return self.plain(outer)  # "denied the allegations": they were made
                return self.embed(token, governor, signature)
            if token.dep == "pobj" and governor.pos in _VERBAL and head.lower in self.words.words["Adjunct"]:
                return self.plain(outer)
        if any(n.dep == "det" or n.i == token.i for n in marks.negatives) and token.dep in _ARGUMENT:
            return self.context[governor.i]
        definite = marks.definite or token.pos == "PROPN"
        if outer is _PLAIN or self.shares_fate(token, governor, subject):
            return outer
        if definite or token.pos not in ("NOUN", "VERB"):
            return self.plain(outer)
        if outer.negative and (subject or (token.dep == "pobj" and governor.pos in _VERBAL)):
            goal = token.dep == "pobj" and head.lower in self.words.words["Goal"]
            return outer if goal or marks.any else outer._replace(negative=False)
        return outer

    def supposing(self, noun: Token, prep: Token) -> bool:
        """Tell "in the event of", "in case of" and "on condition that" from a media event."""
        words = " ".join(t.lower for t in self.tokens[prep.i : noun.i + 1][:3])
        return words in self.words.words["ConditionPhrase"]

    def shares_fate(self, token: Token, verb: Token, subject: bool) -> bool:
        """Whether the verb only says that the noun's event takes place: "make a deal", "talks begin"."""
        lists = self.words.words
        if subject:
            return verb.lemma in lists["Occurrence"] and not any(self.tokens[c].dep == "dobj" for c in verb.children)
        if token.dep == "pobj":
            return False
        return verb.lemma in lists["LightVerb"]

    def plain(self, outer: Verdict) -> Verdict:
        """What is taken for granted, whatever surrounds it."""
        tense = outer.tense if outer.tense is Tense.PAST else Tense.PRESENT
        return _PLAIN if tense is Tense.PRESENT else Verdict(tense=tense)

    def supposed(self, token: Token, opener: Token) -> Verdict:
        """Suppose, not assert, what follows "in the event of"."""
        cue = Cue("condition", self.parse.span(opener.i, token.i + 1))
        self.interrupted(token)
        return Verdict(False, 3, Modality.CONDITIONAL, Tense.HYPOTHETICAL, None, True, (cue,))

    def interrupted(self, noun: Token) -> None:
        """Find the "of" of "in the event – unlikely, he said – of …", which the parser hangs elsewhere."""
        tokens, first = self.tokens, noun.i + 1
        end = min(len(tokens), first + 12)
        if first >= end or tokens[first].pos != "PUNCT":
            return
        for k in range(first + 1, end - 1):
            if tokens[k].text == tokens[first].text and tokens[k + 1].lower == "of":
                effects = [self.words.adverbs[t.lower] for t in tokens[first:k] if t.lower in self.words.adverbs]
                self.severed[k + 1] = (noun.i, effects[0] if effects else None)

    def clausal(self, token: Token, head: Token) -> Verdict:
        """A complement clause, under the signature of its verb, noun or adjective."""
        marks = self.marks.get(token.i, _NONE)
        opener = marks.opener
        governor, prefix = head, ""
        if token.dep == "pcomp":
            governor = self.tokens[head.head]
            if head.i in self.severed:
                noun, effect = self.severed[head.i]
                outer = self.own[noun]
                if effect is not None:
                    outer = outer._replace(negative=effect.sign < 0, level=effect.level, tense=Tense.FUTURE)
                return outer
            circumstance = self.circumstance(head)
            if circumstance is not None:
                return self.unfulfilled(token, governor, head, circumstance)
            prefix = f" {head.lower}"
        outer = self.own[governor.i]
        if outer.antecedent and token.dep in ("acl", "pcomp") and outer.level == 3:
            return outer
        to = marks.to
        finite = not to and self.finite(token, marks)
        table = self.words.infinitive if to else self.words.finite if finite else self.words.gerund
        if opener is not None and opener.lower in ("if", "whether") and token.dep == "ccomp":
            return self.embed(token, governor, self.words.finite["ask"])
        if token.dep == "ccomp" and token.i < head.i and self.inverted(token, marks):
            return self.condition(token, marks, "condition")
        if head.tag in ("VBN", "VBG") and self.words.subordinators.get(head.lower) == "condition":
            return self.condition(token, marks, "condition")
        if token.dep == "ccomp" and not finite and not to and self.subjunctive(token, marks):
            return self.embed(token, governor, self.mandate(governor))
        governor = self.predicative(governor) if token.dep != "acl" else governor
        signature = self.signature(table, governor, governor.lemma + prefix)
        if signature is None and to and self.marks.get(governor.i, _NONE).excess:
            signature = self.words.infinitive["fail"]
        if signature is None and token.dep == "pcomp":
            signature = self.words.gerund.get(head.lower)
        if signature is not None:
            return self.embed(token, head if governor.head == head.i else governor, signature)
        if token.dep in ("pcomp", "oprd"):
            return outer._replace(negative=False) if outer.negative else outer
        if to:
            return self.purpose(token, outer, marks)
        if finite or token.dep == "ccomp":
            return self.content(token, governor, outer)
        if token.dep == "acl" and self.marks.get(governor.i, _NONE).definite and outer.level:
            return self.plain(outer)
        return outer

    def unfulfilled(self, token: Token, governor: Token, opener: Token, effect: Effect) -> Verdict:
        """What is left undone: "left without paying"; open after a wish, "seeks a deal without giving ground"."""
        outer = self.own[governor.i]._replace(negative=False)
        wish = self.words.infinitive.get(governor.lemma) or self.words.nominal.get(governor.lemma)
        if governor.pos in _VERBAL and wish is not None and wish.modality in _WISHES:
            outer = outer._replace(level=3, tense=Tense.HYPOTHETICAL)
            return self.apply(token, outer, effect, wish.modality, opener)
        return self.apply(token, outer, effect, None, opener)

    def predicative(self, verb: Token) -> Token:
        """The adjective or noun of a copula, which decides about the clause hung on the copula."""
        if verb.pos in _VERBAL:
            for c in verb.children:
                if self.tokens[c].dep in _PREDICATIVE:
                    return self.tokens[c]
        return verb

    def subjunctive(self, token: Token, marks: _Marks) -> bool:
        """A base form with a subject of its own: "that the minister resign", "three zones be created"."""
        base = token.tag == "VB" if not marks.aux else all(a.tag == "VB" for a in marks.aux)
        return base and any(self.tokens[c].dep in _SUBJECT for c in token.children)

    def mandate(self, governor: Token) -> Signature:
        for table in (self.words.infinitive, self.words.finite, self.words.nominal):
            found = table.get(governor.lemma)
            if found is not None and found.modality is Modality.PROPOSAL:
                return found
        return self.words.finite["demand"]

    def content(self, token: Token, governor: Token, outer: Verdict) -> Verdict:
        """What somebody says, finds or shows: sure to them, open if they do not say so."""
        if governor.dep == "dobj":
            denial = self.words.finite.get(self.tokens[governor.head].lemma)
            if denial is not None and denial.affirmed.sign < 0:
                return self.embed(token, self.tokens[governor.head], denial)
        tense = self.tense_of(governor)
        if tense is Tense.PAST:
            self.shifted.add(token.i)
        level = 3 if outer.negative or outer.level == 3 else outer.level
        if not level:
            return _PLAIN
        tense = Tense.HYPOTHETICAL if outer.antecedent else Tense.PRESENT
        return Verdict(False, level, outer.modality, tense, outer.condition, outer.antecedent, outer.cues)

    def tense_of(self, governor: Token) -> Tense:
        if governor.pos in _VERBAL:
            return self.own[governor.i].tense
        head = self.tokens[governor.head]
        return self.own[head.i].tense if head.pos in _VERBAL else Tense.PRESENT

    def signature(self, table: dict[str, Signature], governor: Token, key: str) -> Signature | None:
        """Look an embedder up, with the second word it stands with first."""
        marks = self.marks.get(governor.i)
        if marks is not None:
            for companion in marks.companions:
                if governor.lemma in self.words.companions[companion]:
                    found = table.get(f"{governor.lemma} {companion}")
                    if found is not None:
                        return found
        return table.get(key)

    def embed(self, token: Token, governor: Token, signature: Signature) -> Verdict:
        """Pass a governor's verdict on through its signature."""
        outer = self.own[governor.i]
        if self.tense_of(governor) is Tense.PAST:
            self.shifted.add(token.i)
        denied = outer.negative or any(
            self.words.adjectives[a.lower][0].sign < 0 for a in self.marks.get(governor.i, _NONE).adjectives
        )
        effect = signature.denied if denied else signature.affirmed
        if effect.sign == 0:
            return self.plain(outer)
        return self.apply(token, outer, effect, signature.modality, governor)

    def apply(self, token: Token, outer: Verdict, effect: Effect, modality: Modality | None, cue: Token) -> Verdict:
        negative, level = effect.sign < 0, max(outer.level, effect.level)
        if effect.sign == 2:
            negative = outer.negative
        elif effect.level == 3:
            negative = False
        tense = outer.tense
        if effect.level == 3 or (effect.level and modality is Modality.PROPOSAL):
            tense = Tense.HYPOTHETICAL
        elif (effect.level and tense is not Tense.HYPOTHETICAL) or (modality is None and cue.lemma == "go"):
            tense = Tense.FUTURE
        if effect == (2, 0):
            return outer
        if outer.antecedent and outer.modality is Modality.CONDITIONAL:
            modality = Modality.CONDITIONAL
        kind = "polarity" if negative else "modality" if modality else "certainty"
        return Verdict(
            negative,
            level,
            modality or outer.modality,
            tense,
            outer.condition,
            outer.antecedent,
            (*outer.cues, Cue(kind, cue.span)),
        )

    def purpose(self, token: Token, outer: Verdict, marks: _Marks) -> Verdict:
        """An infinitive of purpose, or one whose embedder is not known: meant, not done."""
        if self.marks.get(token.head, _NONE).rank:
            return outer  # "the first model to be built"
        if outer.negative and outer.level == 0 and self.tokens[token.head].pos not in _VERBAL:
            return outer
        to = next((a for a in marks.aux if a.tag == "TO"), token)
        cues = (*outer.cues, Cue("modality", to.span))
        level, tense = (1, Tense.FUTURE) if outer.level == 0 and not outer.negative else (3, Tense.HYPOTHETICAL)
        return Verdict(False, level, Modality.INTENTION, tense, outer.condition, outer.antecedent, cues)

    def relative(self, token: Token, head: Token) -> Verdict:
        outer = self.own[head.i]
        marks = self.marks.get(token.i, _NONE)
        if marks.to:
            signature = self.signature(self.words.infinitive, head, head.lemma)
            if signature is not None:
                return self.embed(token, head, signature)
            return self.purpose(token, outer, marks)
        if self.marks.get(head.i, _NONE).definite or (token.left and self.tokens[token.left - 1].text == ","):
            return self.plain(outer)
        return outer

    def adverbial(self, token: Token, head: Token) -> Verdict:
        """An adverbial clause: a condition, a purpose, or a circumstance that is taken as a fact."""
        marks = self.marks.get(token.i, _NONE)
        outer = self.own[head.i]
        kind = self.kind(marks.opener, token, marks)
        if kind in _CONDITIONS and self.elliptic_not(token, marks):
            return outer._replace(level=max(outer.level, 2))  # "reassurance if not an end to uncertainty"
        if kind in _CONDITIONS:
            return self.condition(token, marks, kind)
        if kind == "question":
            return self.embed(token, head, self.words.finite["ask"])
        if kind in ("threshold", "occasion"):
            return self.occasion(token, marks, outer, kind)
        if kind == "unreal" and marks.opener is not None:
            cues = (Cue("modality", marks.opener.span),)
            return Verdict(False, 3, Modality.HYPOTHETICAL, Tense.HYPOTHETICAL, None, False, cues)
        if marks.to:
            governor = self.predicative(head)
            signature = self.signature(self.words.infinitive, governor, governor.lemma)
            if signature is not None and (
                governor is not head or head.dep in _PREDICATIVE or signature.affirmed.sign == 2
            ):
                return self.embed(token, head, signature)
            if self.marks.get(governor.i, _NONE).excess:
                return self.embed(token, head, self.words.infinitive["fail"])
            return self.purpose(token, outer, marks)
        if kind == "fact":
            return self.plain(_PLAIN)
        if marks.opener is None and any(self.tokens[c].lower == "that" for c in token.children):
            return self.clausal(token, head)
        return outer._replace(negative=False) if outer.negative else outer

    def elliptic_not(self, token: Token, marks: _Marks) -> bool:
        after = self.tokens[marks.opener.i + 1].lower if marks.opener else ""
        return token.pos in ("NOUN", "PROPN", "ADJ", "PRON") and after in self.words.words["EllipticCondition"]

    def kind(self, opener: Token | None, token: Token, marks: _Marks) -> str:
        """What an adverbial clause is to its main clause."""
        if opener is not None:
            kind = self.words.subordinators[opener.lower]
            after = self.tokens[opener.i + 1].lower if opener.i + 1 < len(self.tokens) else ""
            if opener.lower == "as" and after in ("if", "though"):
                return "unreal"
            before = self.tokens[opener.i - 1].lower if opener.i else ""
            if kind == "condition" and before == "as":
                return "unreal"
            return kind
        if self.words.subordinators.get(token.lower) == "condition":  # "provided that"
            return "condition"
        return "condition" if self.inverted(token, marks) else ""

    def inverted(self, token: Token, marks: _Marks) -> bool:
        """Tell "had it failed", "should they attack", "were he to resign" by their first word."""
        first = marks.aux[0] if marks.aux else token
        if first.i != token.left or first.lower not in self.words.words["InvertedCondition"]:
            return False
        return any(self.tokens[c].dep in _SUBJECT or (first is token and self.tokens[c].dep == "ccomp")
                   for c in token.children)  # fmt: skip

    def condition(self, token: Token, marks: _Marks, kind: str) -> Verdict:
        """Inside an if-clause: supposed, never a fact."""
        opener = marks.opener or (marks.aux[0] if marks.aux else token)
        cues = (Cue("condition", opener.span),)
        return Verdict(kind == "exception", 3, Modality.CONDITIONAL, Tense.HYPOTHETICAL, None, True, cues)

    def occasion(self, token: Token, marks: _Marks, outer: Verdict, kind: str) -> Verdict:
        """A temporal clause: a fact of the past, but only a prospect where the main clause is one."""
        open_ended = outer.tense in (Tense.FUTURE, Tense.HYPOTHETICAL) or outer.level > 0
        opener = marks.opener
        if not open_ended or opener is None:
            if kind == "threshold" and outer.tense is Tense.PRESENT and opener and opener.lower != "once":
                return Verdict(False, 3, Modality.NONE, Tense.FUTURE, None, False, (Cue("certainty", opener.span),))
            return self.plain(_PLAIN)
        cues = (Cue("condition", opener.span),)
        if opener.lower == "once":
            return Verdict(False, 3, Modality.CONDITIONAL, Tense.HYPOTHETICAL, None, True, cues)
        level = 3 if kind == "threshold" else 0
        return Verdict(False, level, Modality.NONE, Tense.FUTURE, None, False, cues)

    def conditions(self, verb: Token, marks: _Marks) -> Span | None:
        """The clause the verb depends on, if any."""
        for opener in marks.conditions:
            return self.parse.span(opener.i, opener.i + 2)
        for c in verb.children:
            clause = self.tokens[c]
            if clause.dep not in ("advcl", "ccomp", "xcomp") or (clause.dep == "ccomp" and c > verb.i):
                continue
            inner = self.marks.get(c, _NONE)
            kind = self.kind(inner.opener, clause, inner)
            if self.elliptic_not(clause, inner):
                continue
            if kind in _CONDITIONS or (inner.opener is not None and inner.opener.lower == "once"):
                first = inner.opener.i if inner.opener is not None else clause.left
                before = self.tokens[first - 1].lower if first else ""
                if clause.tag == "VBD" or any(a.tag == "VBD" for a in inner.aux):
                    self.remote.add(verb.i)
                if before not in self.words.words["Concessive"]:
                    return self.parse.span(min(clause.left, first), self.last(verb, clause) + 1)
        return None

    def last(self, verb: Token, clause: Token) -> int:
        """Last token of a condition, with the conjunct that the parser hung on the main verb instead."""
        if self.tokens[clause.right].dep == "cc":
            for c in verb.children:
                if c > clause.right and self.tokens[c].dep == "conj":
                    self.adopted[c] = clause.i
                    return self.tokens[c].right
        return clause.right

    def opener(self, condition: Span) -> Span:
        text = condition.of(self.parse.document.text)
        return Span(condition.start, condition.start + len(text.split(None, 1)[0]))


_FACT: Final = Effect(1, 0)
_SILENT: Final = frozenset(
    {"det", "punct", "aux", "auxpass", "neg", "case", "mark", "cc", "expl", "intj", "quantmod", "prt",
     "nummod", "predet", "preconj", "poss", "amod", "compound", "advmod", "prep", "agent", "acomp", "meta"}
)  # fmt: skip
