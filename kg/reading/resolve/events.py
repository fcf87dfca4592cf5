"""Which clause a noun or pronoun takes up: "the move", "the attack", "the claim", "this", "…, which angered Moscow".

What a verb tells becomes an entity where something speaks of it again, and the token of the verb stands for it. That it
is planned or denied stays with the claims of the verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.model import Form
from kg.reading.speech import Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reading.parse import Token
    from kg.reading.resolve.coreference import Linker
    from kg.reading.resolve.mentions import Candidate
    from kg.reading.speech import Frame

RESUMED: Final = "resumed event"
"""The rule by which "the decision" comes to the event that was decided."""
APPOSED: Final = "apposed clause"
"""The rule of "raised taxes, a decision that …"."""
CLAUSE: Final = "clause"
"""The rule of pronouns that stand for a clause."""
_NOUN: Final = "event noun"
_SAID: Final = "what was said"
_REACH: Final = 3
"""Sentences looked back over for the verb that a noun is made of."""
_AGENTS: Final = frozenset(("Person", "Group", "Organization", "Country", "Place"))
_ROLES: Final = frozenset(("nsubj", "nsubjpass", "dobj"))
_WHEN: Final = frozenset(("DATE", "TIME"))
_VERBAL: Final = frozenset(("VERB", "AUX"))
_TELLING: Final = frozenset((Act.SPEECH, Act.MEDIUM))
_AIMS: Final = frozenset(("on", "for", "to", "about", "of"))
"""Prepositions of what is decided: "decided on the withdrawal"."""
_DASHES: Final = frozenset((",", "-", "--", "–", "—"))
_CLAUSAL: Final = frozenset(("ccomp", "advcl", "csubj"))


class Found(NamedTuple):
    """The cluster an anaphor joins, by which rule, and how sure that is."""

    cluster: int
    rule: str
    sure: float


class Events:
    """The events of one document that are spoken of again."""

    def __init__(self, linker: Linker, frames: Sequence[Frame]) -> None:
        self.linker, self.parse, self.tokens, self.words = linker, linker.parse, linker.tokens, linker.words
        self.telling = {
            i: f.source_head for f in frames if f.act in _TELLING for i in f.cue if self.tokens[i].pos == "VERB"
        }
        """Verb of speech → head of its source."""
        self.homes: dict[int, int] = {}
        """Verb → cluster of its event."""

    # -------------------------------------------------------------- nouns

    def noun(self, c: int, x: Candidate) -> Found | None:
        """Find the event that a definite noun takes up, or one that an apposition says more of."""
        if x.determiner in ("indefinite", "bare"):
            return self._apposed(c, x)
        details = self._details(x)
        if details is None:
            return None
        if (verb := self._derived(x, details)) is not None:
            return self._home(c, verb, _NOUN, 0.8)
        if details != ([x.owner] if x.owner >= 0 else []):
            return None  # "the decision of the court": one of its own
        if x.key in self.words.spoken and (verb := self._spoken(x)) is not None:
            return self._home(c, verb, _SAID, 0.7)
        if (event := self._decided(c, x)) is not None:
            return Found(event, RESUMED, 0.5)
        if (verb := self._shell(x)) is not None:
            return self._home(c, verb, "resumed clause", 0.6)
        return None

    def _home(self, c: int, verb: int, rule: str, sure: float) -> Found:
        """Open a cluster for the event of a verb, or find the one it has."""
        if verb not in self.homes:
            number = self.homes[verb] = self.linker.open(c)
            cluster = self.linker.clusters[number]
            cluster.event, cluster.plural = verb, False
            classes = self.words.verb_classes.get(self._lemma(verb), ())
            if rule not in (_NOUN, _SAID):
                cluster.kind = classes[0] if len(classes) == 1 else "Event"
        return Found(self.homes[verb], rule, sure)

    def _details(self, x: Candidate) -> list[int] | None:
        """List the words that say more of a noun and must fit its event; None where they tell of another one."""
        tokens, found = self.tokens, []
        for c in tokens[x.head].children:
            child = tokens[c]
            if child.lower in self.words.another or child.ent == "ORDINAL" or child.tag in ("JJS", "RBS"):
                return None
            if c > x.head and child.dep in ("relcl", "acl", "ccomp", "xcomp") and tokens[x.head + 1].text != ",":
                return None
            if child.dep == "prep" and c > x.head:
                timely = _WHEN if child.lower != "of" else ()
                found += [p for p in child.children if tokens[p].dep == "pobj" and tokens[p].ent not in timely]
            elif child.dep in ("compound", "nmod", "poss", "nummod") or (child.dep == "amod" and child.ent):
                found.append(c)
        return found

    def _fits(self, verb: int, details: Iterable[int]) -> bool:
        """Tell whether all that is said of the noun is said in the verb's clause too."""
        tokens = self.tokens
        clause = range(tokens[verb].left, tokens[verb].right + 1)
        roles = [i for i in (self._subject(verb), *tokens[verb].children) if i is not None and tokens[i].dep in _ROLES]
        for i in details:
            lemma, same = tokens[i].lemma, self._cluster(i)
            among = roles if tokens[i].dep == "poss" else clause
            if not any(tokens[t].lemma == lemma or same == self._cluster(t) is not None for t in among):
                return False
        return True

    def _is_aside(self, verb: int) -> bool:
        """Tell a verb below the main line of its sentence, which is not spoken of much later."""
        token = self.tokens[verb]
        return token.dep != "ROOT" and not (token.dep == "ccomp" and token.head in self.telling)

    def _heard(self, verb: int, x: Candidate) -> bool:
        """Tell whether who utters a noun can know the verb: quoted words know not what reports them."""
        inside = self.linker.speakers.quoting.get(x.head)
        return inside is None or inside == self.linker.speakers.quoting.get(verb)

    def _cluster(self, i: int) -> int | None:
        c = self.linker.at.get(i)
        return None if c is None or self.linker.cluster[c] < 0 else self.linker.cluster[c]

    def _derived(self, x: Candidate, details: list[int]) -> int | None:
        """Find the verb that a noun is made of, or a near one of its class: "was attacked … the attack"."""
        own = self.words.verbs_of.get(x.key, frozenset())
        classes = self.words.taken_up.get(x.key, frozenset())
        if not own and not classes:
            return None
        for back in range(_REACH + 1):
            for verb in self._verbs(x, back):
                lemma = self._lemma(verb)
                alike = back < 2 and not classes.isdisjoint(self.words.verb_classes.get(lemma, ()))
                if not (lemma in own or alike) or (back > 1 and self._is_aside(verb)):
                    continue
                if self._stands(verb, x) and self._fits(verb, details) and self._heard(verb, x):
                    return verb
        return None

    def _verbs(self, x: Candidate, back: int) -> Iterator[int]:
        """Yield the verbs of the same sentence before a noun, or of an earlier sentence, nearest first."""
        tokens = self.tokens
        s = tokens[x.head].sent - back
        if s < 0:
            return
        above = set(self._above(x.head)) if back == 0 else ()
        end = x.head if back == 0 else self.parse.sentences[s].end
        for i in range(end - 1, self.parse.sentences[s].first - 1, -1):
            if tokens[i].pos == "VERB" and i not in above:
                yield i

    def _above(self, i: int) -> Iterator[int]:
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def _spoken(self, x: Candidate) -> int | None:
        """Find what was said just before: "… , the chairman told reporters. The comments …"."""
        for back in (0, 1):
            for verb in self._verbs(x, back):
                if verb in self.telling and self._owned(x, self.telling[verb]) and self._heard(verb, x):
                    return verb if self._stands(verb, x) else None
        return None

    def _shell(self, x: Candidate) -> int | None:
        """Find the clause before that a noun of acts, happenings or outcomes sums up."""
        subject = x.function == "subject"
        if x.number == "plural" or (x.owner >= 0 and not subject):
            return None
        verb = self._before(x)
        if verb is None or self._holds(verb) or not self._owned(x, self._subject(verb)):
            return None
        if x.key in self.words.acts:
            acted = self._acted(verb) and (self._stands(verb, x) or x.key == "decision")
            return verb if acted else None
        if x.key in self.words.happenings:
            classes = self.words.verb_classes.get(self._lemma(verb), ())
            fits = not classes or any(k in self.words.harms for k in classes)
            return verb if fits and self._stands(verb, x) else None
        governor = next((i for i in self._above(x.head) if self.tokens[i].pos in _VERBAL), None)
        leads = governor is not None and self.tokens[governor].dep == "ROOT"  # not "after the news was announced"
        return verb if x.key in self.words.outcomes and leads else None

    def _before(self, x: Candidate) -> int | None:
        """Find the main verb of what was told just before: in the clause this one is joined to, or a sentence ago."""
        tokens = self.tokens
        governor = next((i for i in self._above(x.head) if tokens[i].pos in _VERBAL), None)
        if governor is not None:
            at = tokens[governor]
            if at.dep == "conj" and tokens[at.head].pos == "VERB" and at.head < governor:
                return self._told(at.head)
            earlier = [c for c in at.children if tokens[c].dep == "advcl" and c < x.head and tokens[c].pos == "VERB"]
            if earlier:
                return self._told(earlier[-1])
        s = tokens[x.head].sent - 1
        return None if s < 0 else self._told(self.parse.sentences[s].root)

    def _told(self, verb: int) -> int:
        """Go down from verbs of speech, plan and phase to what is said, planned or begun."""
        for _ in range(4):
            dep = "ccomp" if verb in self.telling else "xcomp" if self._plans(verb) else ""
            below = [
                c for c in self.tokens[verb].children if self.tokens[c].dep == dep and self.tokens[c].pos == "VERB"
            ]
            if not below:
                return verb
            verb = below[0]
        return verb

    # -------------------------------------------------------------- what a verb tells

    def _lemma(self, verb: int) -> str:
        """The verb's lemma with its particle, where the vocabulary knows the two together."""
        token = self.tokens[verb]
        particle = next((self.tokens[c].lower for c in token.children if self.tokens[c].dep == "prt"), None)
        whole = f"{token.lemma} {particle}"
        return whole if particle and whole in self.words.verb_classes else token.lemma

    def _auxiliaries(self, verb: int) -> list[Token]:
        return [self.tokens[c] for c in self.tokens[verb].children if self.tokens[c].dep in ("aux", "auxpass")]

    def _plans(self, verb: int) -> bool:
        token = self.tokens[verb]
        return token.lemma in self.words.deciding and "Decision" not in self.words.verb_classes.get(token.lemma, ())

    def _planned(self, verb: int) -> bool:
        token = self.tokens[verb]
        return any(a.lemma in ("will", "shall") for a in self._auxiliaries(verb)) or (
            token.dep == "xcomp" and self._plans(token.head)
        )

    def _stands(self, verb: int, x: Candidate) -> bool:
        """Tell whether the event is told as one that takes place, and not as a condition."""
        below = [self.tokens[c] for c in self.tokens[verb].children]
        return self._told_of(verb, x) and not any(t.dep == "neg" or t.lower == "if" for t in below)

    def _told_of(self, verb: int, x: Candidate) -> bool:
        """Tell whether the event is more than possible, or no more than possible in the anaphor's clause as well."""
        mere = self.tokens[verb].tag == "VB" or any(a.tag == "MD" for a in self._auxiliaries(verb))
        if not mere or self._planned(verb):
            return True
        return any(a.tag == "MD" for i in self._above(x.head) for a in self._auxiliaries(i))

    def _holds(self, verb: int) -> bool:
        """Tell a state or a habit from something that comes to pass."""
        token = self.tokens[verb]
        plain = token.tag in ("VBZ", "VBP") and not self._auxiliaries(verb)
        return token.pos != "VERB" or plain or token.lemma in self.words.states

    def _acted(self, verb: int) -> bool:
        """Tell whether somebody does it: "the government raised taxes", not "prices rose"."""
        subject = self._subject(verb)
        return subject is not None and (self.tokens[subject].dep == "nsubjpass" or self._is_agent(subject))

    def _subject(self, verb: int) -> int | None:
        """Find the head of the verb's subject, its own or that of the verb it is joined to."""
        tokens, at = self.tokens, self.tokens[verb]
        for _ in range(4):
            for c in at.children:
                if tokens[c].dep in ("nsubj", "nsubjpass"):
                    return c
            if at.dep not in ("xcomp", "conj"):
                break
            at = tokens[at.head]
        return None

    def _owned(self, x: Candidate, doer: int | None) -> bool:
        """Tell whether the owner of a noun, if it has one, is who acts or speaks: "its decision"."""
        return x.owner < 0 or (doer is not None and self._cluster(doer) == self._cluster(x.owner) is not None)

    def _is_agent(self, i: int) -> bool:
        cluster = self._cluster(i)
        kind = "" if cluster is None else self.linker.clusters[cluster].kind
        return not _AGENTS.isdisjoint(self.words.above.get(kind, ())) or self.tokens[i].tag == "NNP"

    # -------------------------------------------------------------- appositions and pronouns

    def _apposed(self, c: int, x: Candidate) -> Found | None:
        """As in "The government raised taxes, a decision that …" or "…, in a move that …"."""
        tokens = self.tokens
        if x.key not in self.words.apposed or x.left == 0:
            return None
        before = x.left - 1
        if tokens[before].lower == "in" and tokens[x.head].dep == "pobj":
            before -= 1
        spaced = tokens[before].end < tokens[before + 1].start or tokens[before].text != "-"
        closes = x.head + 1 == len(tokens) or tokens[x.head + 1].tag in (".", ",")
        closes = closes or any(tokens[k].dep in ("relcl", "acl") for k in tokens[x.head].children)
        if tokens[before].text not in _DASHES or not spaced or not closes:
            return None
        told = self.linker.at.get(tokens[x.head].head)
        if told is not None and self.linker.candidates[told].kind in ("Law", "Agreement"):
            return None  # "the bill, a measure that …"
        verb = next((i for i in self._above(x.head) if tokens[i].pos == "VERB" and i < x.left), None)
        return None if verb is None else self._home(c, self._told(verb), APPOSED, 0.7)

    def pronoun(self, c: int, x: Candidate) -> Found | None:
        """Find the clause before that "this" or "that" at the head of a sentence takes up."""
        tokens, at = self.tokens, self.tokens[x.head]
        sentence = self.parse.sentences[at.sent]
        opens = all(t.tag in ("CC", "``", "''") for t in tokens[sentence.first : at.i])
        if x.key not in ("this", "that") or x.function != "subject" or not opens or at.sent == 0:
            return None
        governor = tokens[at.head]
        why = governor.lemma == "be" and any(tokens[k].dep in _CLAUSAL for k in governor.children)
        if not why and governor.lemma not in self.words.sequels:
            return None  # "That is a fine job"
        root = self.parse.sentences[at.sent - 1].root
        last = tokens[self.parse.sentences[at.sent - 1].end - 1]
        speaker = self.linker.speakers.quoting.get
        verb = self._last(self._told(root) if root in self.telling else root)
        if tokens[verb].pos not in _VERBAL or last.text == "?" or speaker(at.i) != speaker(verb):
            return None
        if not self._told_of(verb, x):
            return None
        return self._home(c, verb, CLAUSE, 0.6)

    def _last(self, verb: int) -> int:
        """Go on to the last of the verbs joined to one."""
        for _ in range(4):
            joined = [c for c in self.tokens[verb].children if self.tokens[c].dep == "conj"]
            if not joined or self.tokens[joined[-1]].pos not in _VERBAL:
                break
            verb = joined[-1]
        return verb

    def effect(self, c: int, x: Candidate) -> Found | None:
        """Do the same before anything else is thought of, where the verb tells what events do: "This led to …"."""
        governor = self.tokens[self.tokens[x.head].head]
        return self.pronoun(c, x) if governor.lemma in self.words.effects else None

    def relative(self, c: int, x: Candidate) -> Found | None:
        """Find the clause that ", which angered Moscow" says more of."""
        tokens, at = self.tokens, self.tokens[x.head]
        verb = tokens[at.head]
        if x.key != "which" or at.dep != "nsubj" or verb.dep != "relcl" or tokens[at.i - 1].text != ",":
            return None
        noun = tokens[verb.head]
        mine = self.linker.at.get(noun.i)
        kind = "" if mine is None else self.linker.candidates[mine].kind
        dated = noun.ent in _WHEN and verb.lemma in self.words.sequels  # "on Thursday, which ended the war"
        if not dated and (verb.lemma not in self.words.effects or "Event" in self.words.above.get(kind, ())):
            return None
        above = next((i for i in self._above(noun.i) if tokens[i].pos == "VERB" and i < noun.i), None)
        return None if above is None else self._home(c, above, CLAUSE, 0.6)

    # -------------------------------------------------------------- nouns decided on

    def _decided(self, c: int, x: Candidate) -> int | None:
        """Take the event last ordered or decided, here or a sentence before, for "the decision" alone."""
        if x.key not in self.words.resumptive or x.number == "plural" or x.right - x.left > 2:
            return None
        linker, tokens = self.linker, self.tokens
        for before in range(c - 1, -1, -1):
            other = linker.candidates[before]
            if tokens[x.head].sent - tokens[other.head].sent > 2:
                return None
            if other.form is not Form.NOMINAL or "Event" not in self.words.above.get(other.kind, ()):
                continue
            verb = self._governor(other.head)
            if verb in (other.head, self._governor(x.head)) or tokens[verb].pos != "VERB":
                continue
            if tokens[verb].lemma in self.words.deciding:
                return linker.cluster[before]
        return None

    def _governor(self, head: int) -> int:
        """Find what a noun is the object of, also through a preposition; itself where it is none."""
        token = self.tokens[head]
        if token.dep == "pobj" and self.tokens[token.head].lower in _AIMS:
            return self.tokens[token.head].head
        return token.head if token.dep in ("dobj", "nsubjpass") else head
