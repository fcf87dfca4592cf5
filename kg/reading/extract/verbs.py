"""Claims of verbs: actions, states and copulas, with coordination distributed and passives turned active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from kg.model import Role
from kg.reading.clauses import Clause, Kind, Lexicon, Part, Slot, conjuncts, core, extent, glued, lexicon
from kg.reading.clauses.arguments import Arguments
from kg.reading.extract import BareClaim, Page, Phrase

if TYPE_CHECKING:
    from kg.reading.parse import Token

_MOST: Final = 48
"""Claims one clause may give: two long lists side by side are not multiplied out for ever."""
_AFTER_NOUN: Final = frozenset(("relative", "participle", "infinitive"))
_EMPTY: Final = frozenset(("it", "this", "that", "there", "these", "those", "what", "which", "who", "all", "one"))
_NOUNS: Final = frozenset(("NOUN", "PROPN"))
_TOLD: Final = frozenset((Role.TIME, Role.PLACE))
_AROUND: Final = frozenset((Role.TIME, Role.CAUSE, Role.CONDITION))
CIRCUMSTANCES: Final = frozenset((Role.PLACE, Role.TIME, Role.QUANTITY))
_IRREGULAR: Final = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def third_person(lemma: str) -> str:
    """Inflect a verb for the third person singular present.

    >>> third_person("approve"), third_person("carry"), third_person("push")
    ('approves', 'carries', 'pushes')
    """
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def phrase(tokens: tuple[Token, ...], head: int) -> Phrase:
    """Describe a noun phrase by its head, its concise core and its whole; "none of them" is they, and not so."""
    if tokens[head].lower == "none":
        of = [c for p in tokens[head].children if tokens[p].lower == "of" for c in tokens[p].children]
        head = next((c for c in of if tokens[c].dep == "pobj"), head)
    return Phrase(head, core(tokens, head), extent(tokens, head))


def verbs(page: Page) -> Iterable[BareClaim]:
    """Find the claims of verbal clauses."""
    reader = _Verbs(page)
    for clause in page.clauses:
        yield from reader.claims(clause)


class _Verbs:
    def __init__(self, page: Page) -> None:
        self.tokens = page.parse.tokens
        self.words: Lexicon = lexicon(page.ontology)
        self.arguments = Arguments(self.tokens, self.words)
        self.equated = {
            part.heads[0]: clause.subjects
            for clause in page.clauses
            if clause.kind is Kind.COPULA and all(self.names(s) for s in clause.subjects)
            for part in clause.slots(Slot.COMPLEMENT)
            if not any(self.tokens[g].dep == "neg" for g in clause.group) and len(part.heads) == 1
        }
        """Head of what a copula says of somebody → whom it says it of."""
        self.cues = frozenset(i for frame in page.frames for i in frame.cue)
        """Words that name a source, as "according to" does: who says it takes no part in what he says."""
        self.predicates = {clause.predicate: clause for clause in page.clauses}

    def claims(self, clause: Clause) -> Iterator[BareClaim]:
        if clause.kind is Kind.EXISTENTIAL:
            yield from self.located(clause)
            return
        subjects: list[Phrase | None] = [self.subject(clause, s) for s in self.meant(clause) if self.refers(s)]
        chosen = self.object_part(clause)
        rest = [p for p in clause.parts if p is not chosen]
        agents = next((p for p in rest if p.slot is Slot.AGENT and self.nominal(p)), None)
        if clause.passive and agents is not None and chosen is None:
            yield from self.active(clause, agents, subjects, [p for p in rest if p is not agents])
            return
        if clause.kind is Kind.COPULA:
            yield from self.copular(clause, subjects, chosen, rest)
            return
        if (clear := self.made_clear(clause)) is not None:
            adjective, told, rest = clear
            name, words = self.relation(clause, clause.verbs, clause.passive)
            name, words = f"{name}_{self.tokens[adjective].lower}", (*words, adjective)
            yield from self.emit(clause, name, words, subjects or [None], [told], rest, "made_clear")
            return
        objects: list[Phrase | int | None] = self.objects(chosen) if chosen is not None else [None]
        if objects == [None] and (not subjects or self.tokens[clause.predicate].lemma == "do"):
            return
        if clause.passive and agents is not None and chosen is not None and chosen.slot is Slot.COMPLEMENT:
            yield from self.active(clause, agents, subjects, [p for p in clause.parts if p is not agents])
        rest = [*rest, chosen] if chosen is not None and self.telling(chosen) else rest
        rest = [*self.provided(clause, rest, chosen), *self.of_noun(clause, chosen), *self.let(clause, chosen)]
        relations = list(self.relations(clause, chosen))
        for shape, name, words in relations:
            own = rest if shape == "inner" or len(relations) == 1 else [p for p in rest if p.anchor != clause.predicate]
            yield from self.emit(clause, name, words, subjects or [None], objects, own, shape)
        yield from self.phases(clause, subjects)
        yield from self.installed(clause, chosen)

    def installed(self, clause: Clause, chosen: Part | None) -> Iterator[BareClaim]:
        """As in "Named Ann Lee as its new director": she holds the role, if what is told comes to pass."""
        tokens = self.tokens
        verb = tokens[clause.predicate]
        if chosen is None or chosen.slot is not Slot.OBJECT or verb.lemma not in self.words.installs:
            return
        if tokens[chosen.heads[0]].ent != "PERSON":
            return
        roles = [c for c in verb.children if tokens[c].dep == "oprd"]
        for prep in verb.children:
            if tokens[prep].dep == "prep" and tokens[prep].lower == "as":
                roles += [c for c in tokens[prep].children if tokens[c].dep == "pobj"]
        for role in roles:
            if tokens[role].lemma in self.words.role_nouns:
                yield from self.emit(
                    clause, "holds_role", (role,), [self.phrase(chosen.heads[0])], [self.phrase(role)], [], "installed"
                )

    def of_noun(self, clause: Clause, chosen: Part | None) -> list[Part]:
        """What follows the object and is the verb's: "filed a suit against the bank", "got a loan from the state"."""
        tokens = self.tokens
        if chosen is None or chosen.slot is not Slot.OBJECT:
            return []
        verb, noun = tokens[clause.predicate].lemma, tokens[chosen.heads[-1]]
        light = verb in self.words.light_verbs and noun.lemma in self.words.event_nouns
        if not light and verb not in self.words.obtaining:
            return []
        found: list[Part] = []
        for c in noun.children:
            if (
                c > noun.i
                and tokens[c].dep == "prep"
                and (tokens[c].lower == "from" or (light and tokens[c].lower != "of"))
            ):
                self.arguments.oblique(noun, tokens[c], found, Slot.OBLIQUE)
        return [p._replace(anchor=clause.predicate) for p in found if p.slot is Slot.OBLIQUE]

    def let(self, clause: Clause, chosen: Part | None) -> list[Part]:
        """As in "The licence allows farmers to sell eggs": it is they who are allowed, and they who sell."""
        inner = self.predicates.get(chosen.heads[0]) if chosen is not None and chosen.slot is Slot.CONTENT else None
        if inner is None or inner.inherited != "own" or self.tokens[clause.predicate].lemma not in self.words.letting:
            return []
        if self.tokens[inner.predicate].tag != "VB":
            return []
        first, end = self.tokens[inner.subjects[0]].left, self.tokens[inner.subjects[0]].right + 1
        return [Part(Slot.OBJECT, Role.RECIPIENT, (), inner.subjects, first, end, clause.predicate)]

    def provided(self, clause: Clause, rest: list[Part], chosen: Part | None) -> list[Part]:
        """As in "Provided the school with books": the object receives, and the books are no companions."""
        if self.tokens[clause.predicate].lemma not in self.words.providing:
            return rest
        given = [p for p in rest if p.role is Role.COMPANION and self.tokens[p.marker[-1]].lower == "with"]
        if not given:
            return rest
        to = [chosen._replace(role=Role.RECIPIENT)] if chosen is not None and chosen.slot is Slot.OBJECT else []
        return [*(p._replace(role=Role.OTHER) if p in given else p for p in rest), *to]

    def relations(self, clause: Clause, chosen: Part | None) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        """The whole verb group; then the act itself of "plans to sell", which may be judged otherwise."""
        name, words = self.relation(clause, clause.verbs, clause.passive)
        yield "verb", *self.leaning(name, words, chosen)
        outer = [self.tokens[v] for v in clause.verbs[:-1] if v in words]
        if outer and all(v.pos != "ADJ" or v.lemma in self.words.willing for v in outer):
            name, words = self.relation(clause, clause.verbs[-1:], clause.passive)
            yield "inner", *self.leaning(name, words, chosen)

    def leaning(self, name: str, words: tuple[int, ...], chosen: Part | None) -> tuple[str, tuple[int, ...]]:
        """Let a relation end in the preposition of its object; a mere circumstance keeps it to itself."""
        if chosen is None or chosen.slot is not Slot.OBLIQUE:
            return name, words
        name += "_" + "_".join(self.tokens[m].lower for m in chosen.marker)
        return name, words if chosen.role in CIRCUMSTANCES else tuple(sorted({*words, *chosen.marker}))

    def telling(self, chosen: Part) -> bool:
        """Tell whether what stands as the object is more than a plain one: a place, a measure, an attribute."""
        return chosen.slot is Slot.OBLIQUE or (chosen.role is not Role.OTHER and chosen.slot is not Slot.CONTENT)

    def phases(self, clause: Clause, subjects: list[Phrase | None]) -> Iterator[BareClaim]:
        """As in "Began to sell": the relation is the act's, that it begins is a claim about it."""
        for v in clause.verbs[:-1]:
            if self.tokens[v].lemma in self.words.phase_verbs:
                for subject in subjects:
                    yield BareClaim("phase", v, third_person(self.tokens[v].lemma), (v,), subject, clause.predicate)

    # ------------------------------------------------------------ shapes

    def active(
        self, clause: Clause, agents: Part, patients: list[Phrase | None], rest: list[Part]
    ) -> Iterator[BareClaim]:
        name, words = self.relation(clause, clause.verbs, False)
        doers: list[Phrase | None] = [self.phrase(h) for h in agents.heads]
        things: list[Phrase | int | None] = list(patients) if patients else [None]
        yield from self.emit(clause, name, words, doers, things, rest, "agent")

    def copular(
        self, clause: Clause, subjects: list[Phrase | None], chosen: Part | None, rest: list[Part]
    ) -> Iterator[BareClaim]:
        tokens = self.tokens
        if chosen is None and subjects:
            yield from self.standing(clause, subjects, rest)
        if chosen is None or not subjects:
            return
        if self.extraposed(clause) or self.cleft(clause, chosen) or self.arranged(clause, chosen):
            return
        name, words = self.relation(clause, clause.verbs, False)
        if chosen.slot is Slot.OBLIQUE:
            marker = "_".join(tokens[m].lower for m in chosen.marker)
            name = "is_located_in" if chosen.role is Role.PLACE and marker in ("in", "at") else f"{name}_{marker}"
            yield from self.emit(clause, name, words, subjects, self.objects(chosen), [*rest, chosen], "copula_oblique")
            return
        head = tokens[chosen.heads[0]]
        if self.timely(head.i) and tokens[clause.subjects[0]].lower == "it":
            return  # "it may be days before …"
        if head.pos in ("ADJ", "VERB", "ADV") and len(chosen.heads) == 1:
            prep = next((c for c in head.children if c > head.i and tokens[c].dep == "prep"), None)
            inner = [c for c in tokens[prep].children if tokens[c].dep == "pobj"] if prep is not None else []
            if prep is not None and inner and not self.timely(inner[0]):
                full = f"{name}_{head.lower}_{tokens[prep].lower}"
                yield from self.emit(
                    clause, full, (*words, head.i, prep), subjects, [self.phrase(inner[0])], rest, "copula_adjective"
                )
                return
        rest = [*rest, chosen] if self.telling(chosen) else rest
        yield from self.emit(clause, name, words, subjects, self.objects(chosen), rest, "copula")

    def standing(self, clause: Clause, subjects: list[Phrase | None], rest: list[Part]) -> Iterator[BareClaim]:
        """As in "Shares were down 7 percent": an adverb that says where something stands, and by how much."""
        tokens = self.tokens
        where = next((p for p in clause.slots(Slot.ADVERB) if tokens[p.heads[0]].lower in self.words.standing), None)
        if where is None:
            return
        adverb = tokens[where.heads[0]]
        much = next((c for c in adverb.children if tokens[c].dep in ("npadvmod", "advmod") and tokens[c].ent), None)
        objects: list[Phrase | int | None] = [None if much is None else self.phrase(much)]
        name, words = f"is_{adverb.lower}", (clause.predicate,)
        yield from self.emit(clause, name, words, subjects, objects, rest, "copula_adverb")

    def extraposed(self, clause: Clause) -> bool:
        """As in "It is clear that …": "it" only keeps the place of the clause, whose certainty the adjective tells."""
        if not clause.subjects or self.tokens[clause.subjects[0]].lower != "it":
            return False
        return any(
            p.heads[0] > clause.predicate
            and (p.slot is Slot.CONTENT or (p.slot is Slot.COMPLEMENT and self.governs_clause(p.heads[0])))
            for p in clause.parts
        )

    def arranged(self, clause: Clause, chosen: Part) -> bool:
        """As in "The force was to leave", not "The aim was to leave": the copula is the infinitive's auxiliary."""
        tokens = self.tokens
        head = tokens[chosen.heads[0]]
        if head.dep != "xcomp" or any(tokens[s].lemma in self.words.aim_nouns for s in clause.subjects):
            return False
        return any(tokens[c].tag == "TO" for c in head.children)

    def governs_clause(self, head: int) -> bool:
        return any(self.tokens[c].dep in ("ccomp", "xcomp") for c in self.tokens[head].children if c > head)

    def cleft(self, clause: Clause, chosen: Part) -> bool:
        """As in "It was the mayor who fell", "What they want is peace": the copula only sets one part apart."""
        tokens = self.tokens
        subject = tokens[clause.subjects[0]] if clause.subjects else None
        if subject is None:
            return False
        if subject.pos == "VERB" and tokens[subject.left].lower == "what":
            return True
        head = tokens[chosen.heads[-1]]
        definite = head.pos == "PROPN" or any(tokens[c].lower == "the" for c in tokens[chosen.heads[0]].children)
        relative = any(
            tokens[c].dep == "relcl" and any(tokens[g].lower in ("who", "that") for g in tokens[c].children)
            for c in head.children
        )
        return subject.lower == "it" and definite and relative

    def made_clear(self, clause: Clause) -> tuple[int, int, list[Part]] | None:
        """As in "Made it clear that …": the adjective, the predicate of what was made clear, and the other parts."""
        tokens = self.tokens
        shape = {p.slot: p for p in clause.parts if p.slot in (Slot.OBJECT, Slot.COMPLEMENT, Slot.CONTENT)}
        if (
            Slot.COMPLEMENT not in shape
            or Slot.OBJECT not in shape
            or tokens[shape[Slot.OBJECT].heads[0]].lower != "it"
        ):
            return None
        adjective = shape[Slot.COMPLEMENT].heads[0]
        below = shape[Slot.CONTENT].heads if Slot.CONTENT in shape else tokens[adjective].children
        groups = ((p, c.verbs) for p, c in self.predicates.items() if p > adjective)
        told = next((p for p, verbs in groups if any(v in below for v in verbs)), None)
        if tokens[adjective].pos != "ADJ" or told is None:
            return None
        return adjective, told, [p for p in clause.parts if p not in shape.values()]

    def located(self, clause: Clause) -> Iterator[BareClaim]:
        """As in "There are troops in Kosovo"."""
        place = next((p for p in clause.parts if p.slot is Slot.OBLIQUE and p.role is Role.PLACE), None)
        subjects: list[Phrase | None] = [self.phrase(s) for s in clause.subjects]
        if place is None and clause.subjects:
            inner = self.place_of(clause.subjects[-1])
            if inner is not None:
                words = (*clause.group, inner[0])
                yield from self.emit(
                    clause, "is_located_in", words, subjects, [inner[1]], list(clause.parts), "existential"
                )
                return
        if place is None:
            yield from self.emit(clause, "exists", clause.group, subjects, [None], list(clause.parts), "existential")
            return
        rest = [p for p in clause.parts if p is not place]
        words = (*clause.group, *place.marker)
        yield from self.emit(clause, "is_located_in", words, subjects, self.objects(place), rest, "existential")

    def place_of(self, noun: int) -> tuple[int, Phrase] | None:
        """As in "(There are) soldiers in the village": preposition and place of a noun."""
        for c in self.tokens[noun].children:
            if c > noun and self.tokens[c].dep == "prep" and self.tokens[c].lower in ("in", "at", "on", "near"):
                inner = next((g for g in self.tokens[c].children if self.tokens[g].dep == "pobj"), None)
                if inner is not None and not self.timely(inner):
                    return c, self.phrase(inner)
        return None

    def emit(
        self,
        clause: Clause,
        name: str,
        words: tuple[int, ...],
        subjects: list[Phrase | None],
        objects: list[Phrase | int | None],
        rest: list[Part],
        shape: str = "verb",
    ) -> Iterator[BareClaim]:
        told = (p for p in rest if (p.slot is not Slot.ADVERB or p.role in _TOLD) and self.cues.isdisjoint(p.marker))
        arguments = tuple(a for p in told for a in self.argument(p))
        rule = f"{shape}:{clause.inherited}"
        for subject, thing in islice(product(subjects, objects), _MOST):
            if isinstance(thing, Phrase) and subject is not None and thing.head == subject.head:
                continue
            yield BareClaim(rule, clause.predicate, name, words, subject, thing, arguments)

    # ------------------------------------------------------------ pieces

    def object_part(self, clause: Clause) -> Part | None:
        """What fills the object: object, complement, content, or the first phrase a bare verb leans on."""
        best: Part | None = None
        for part in clause.parts:
            if not self.refers(part.heads[0]) or self.own_way(part):
                continue
            if part.slot is Slot.OBJECT or (
                part.slot is Slot.COMPLEMENT and (best is None or best.slot is not Slot.OBJECT)
            ):
                if best is None or best.slot not in (Slot.OBJECT, Slot.COMPLEMENT):
                    best = part
            elif part.slot is Slot.CONTENT and best is None and part.heads[0] in self.predicates:
                best = self.asked(clause, part) or part
        if best is not None:
            return best
        passive_agent = clause.passive and any(p.slot is Slot.AGENT for p in clause.parts)
        if passive_agent:
            return None
        return next(
            (
                p
                for p in clause.parts
                if p.slot is Slot.OBLIQUE
                and self.leans(p)
                and self.nominal(p)
                and max(p.first, *p.marker, 0) > clause.predicate
            ),
            None,
        )

    def told(self, predicate: int) -> int:
        """Skip "it is clear that …" and "is to …", which are no claims of their own, to the clause they introduce."""
        clause = self.predicates[predicate]
        if clause.kind is not Kind.COPULA:
            return predicate
        chosen = self.object_part(clause)
        if self.extraposed(clause) or (chosen is not None and self.arranged(clause, chosen)):
            told = [*clause.slots(Slot.CONTENT), *clause.slots(Slot.COMPLEMENT)]
            inner = next((p.heads[0] for p in told if p.heads[0] in self.predicates), None)
            return predicate if inner is None else inner
        return predicate

    def asked(self, clause: Clause, content: Part) -> Part | None:
        """As in "Called on the rebels to leave": the relation is to those who shall act."""
        if self.tokens[clause.predicate].lemma not in self.words.oblique_control:
            return None
        return next((p for p in clause.slots(Slot.OBLIQUE) if p.end == content.first and p.role is not Role.TIME), None)

    def described(self, predicate: int) -> tuple[int, ...]:
        """What a free relative describes: "(published) what it called a draft", "what it said was a draft"."""
        tokens = self.tokens
        if tokens[tokens[predicate].left].lower != "what":
            return ()
        at = predicate
        for _ in range(3):
            children = [tokens[c] for c in tokens[at].children]
            found = next((c for c in children if c.i > at and c.dep in ("attr", "oprd") and c.pos in _NOUNS), None)
            if found is not None:
                return conjuncts(tokens, found.i)
            inner = next((c.i for c in children if c.dep == "ccomp"), None)
            if inner is None:
                break
            at = inner
        return ()

    def leans(self, part: Part) -> bool:
        """Tell a phrase the verb may lean on ("calls for") from a circumstance ("because of", "according to")."""
        return part.role not in _AROUND and (part.role is not Role.OTHER or len(part.marker) == 1)

    def own_way(self, part: Part) -> bool:
        """As in "Fought their way into the town": "way" is nothing that is fought."""
        noun = self.tokens[part.heads[0]]
        return noun.lemma == "way" and any(self.tokens[c].dep == "poss" for c in noun.children)

    def objects(self, part: Part) -> list[Phrase | int | None]:
        if part.slot is Slot.CONTENT:
            named = self.described(part.heads[0])
            return [self.phrase(h) for h in named] or [self.told(h) for h in part.heads if h in self.predicates]
        return [replace(self.phrase(h), pronoun=part.pronoun) for h in part.heads]

    def relation(self, clause: Clause, verbs: tuple[int, ...], passive: bool) -> tuple[str, tuple[int, ...]]:
        """Name the verb group by its content: auxiliaries, modals and negation are judged elsewhere."""
        tokens, last = self.tokens, clause.predicate
        named: list[str] = []
        words: list[int] = []
        for v in verbs:
            token = tokens[v]
            raised = clause.inherited == "raising" and v == clause.verbs[-2]
            is_passive = passive if v == last else raised or self.outer_passive(token)
            if v != last and self.transparent(token, is_passive):
                continue
            particles = [
                c for c in token.children if tokens[c].dep == "prt" or (tokens[c].dep == "intj" and c == v + 1)
            ]
            if named and any(tokens[c].dep == "neg" for c in token.children):
                named.append("not")  # "agreed not to attack"
            named.append(self.name(token, is_passive, first=not named))
            named.extend(tokens[p].lower for p in particles)
            words.append(v)
            words.extend(particles)
        return "_".join(named), tuple(sorted(words))

    def transparent(self, token: Token, passive: bool) -> bool:
        """Tell a governing word that says only how surely or when: "used to sing", not "is used to cut"."""
        words = self.words
        if token.lemma in words.transparent_verbs:
            return token.lemma not in (words.opaque_passives if passive else words.opaque_actives)
        return token.pos == "ADJ" and token.lemma in words.transparent_adjectives

    def outer_passive(self, token: Token) -> bool:
        """A governing verb is passive by its auxiliary or as a participle: "the force planned to implement"."""
        found = {self.tokens[c].dep for c in token.children}
        if "auxpass" in found:
            return True
        return token.dep in ("acl", "relcl") and token.tag in ("VBN", "VBD") and found.isdisjoint(("aux", "nsubj"))

    def name(self, token: Token, passive: bool, first: bool) -> str:
        hyphen = token.i >= 2 and self.tokens[token.i - 1].text == "-" and self.tokens[token.i - 1].end == token.start
        if hyphen and self.tokens[token.i - 2].lower in self.words.prefixes and not passive and first:
            return self.tokens[token.i - 2].lower + "_" + third_person(token.lemma)
        if hyphen and self.tokens[token.i - 2].head == token.i:
            base = self.tokens[token.i - 2].lower + "_"
            return ("is_" if passive else "") + base + token.lower
        if token.lower in self.words.prefixes and glued(self.tokens, token.i) == token.i + 2:
            return token.lower + "_" + third_person(self.tokens[token.i + 2].lemma)
        if token.pos == "ADJ":
            return ("is_" if first else "to_be_") + token.lower
        if passive:
            return ("is_" if first else "to_be_") + token.lower
        if first:
            return token.lower if token.tag == "VBZ" and token.text.isalpha() else third_person(self.base(token))
        return (token.lower if token.tag == "VBG" else "to_" + self.base(token)).replace(" ", "_")

    def base(self, token: Token) -> str:
        """Lemma of a verb; of "fined", which the lemmatizer may call "fin", the verb that there is."""
        silent = token.lemma + "e"
        return silent if silent in self.words.verbs and token.lemma not in self.words.verbs else token.lemma

    def argument(self, part: Part) -> Iterator[tuple[Role, Phrase]]:
        """One argument for each of "in Peru, Chile and Bolivia"; the first with its preposition."""
        start = min((*part.marker, part.first))
        if len(part.heads) == 1 or part.slot is Slot.CONTENT or not self.nominal(part):
            yield part.role, Phrase(part.heads[0], core(self.tokens, part.heads[0]), (start, part.end), part.pronoun)
            return
        for head in part.heads[:_MOST]:
            first, end = extent(self.tokens, head)
            yield part.role, Phrase(head, core(self.tokens, head), (start if head == part.heads[0] else first, end))

    def names(self, head: int) -> bool:
        return self.tokens[head].pos in (*_NOUNS, "PRON") and self.tokens[head].lower not in _EMPTY

    def meant(self, clause: Clause) -> tuple[int, ...]:
        """Subjects; of "He is the man who runs the bank", him of whom the copula says it."""
        if clause.inherited in _AFTER_NOUN and len(clause.subjects) == 1:
            return self.equated.get(clause.subjects[0], clause.subjects)
        return clause.subjects

    def subject(self, clause: Clause, head: int) -> Phrase:
        found = self.phrase(head)
        return found if clause.pronoun is None else replace(found, pronoun=clause.pronoun)

    def phrase(self, head: int) -> Phrase:
        return phrase(self.tokens, head)

    def nominal(self, part: Part) -> bool:
        return self.tokens[part.heads[0]].pos not in ("VERB", "AUX", "ADP", "ADV", "SCONJ")

    def refers(self, head: int) -> bool:
        token = self.tokens[head]
        us = token.pos == "PRON" and token.lower in ("'s", "’s", "s")  # "let's go"
        return token.tag not in ("WDT", "WP", "EX") and not us

    def timely(self, head: int) -> bool:
        return self.tokens[head].ent in ("DATE", "TIME") or self.tokens[head].lemma in self.words.time_nouns
