"""How a bare claim is meant: who says it, how surely, when, how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model import UNSPECIFIED, Certainty, Cue, Modality, Polarity, SourceLink, Span, Speech, Tense, TimexType, When
from kg.reading.qualify.anchors import Anchors
from kg.reading.qualify.certainty import Verdict, certainty
from kg.reading.qualify.factuality import factuality
from kg.reading.speech import Act, Sources, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import TimeExpression
    from kg.reading.extract import BareClaim, Page
    from kg.reading.parse import Token
    from kg.reading.speech import Frame

_EMBEDDED: Final = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "prep", "acomp", "oprd", "dobj", "pobj", "conj"})
_PRESUPPOSED: Final = frozenset(["title", "apposition", "affiliation"])
"""Rules of what a phrase presupposes, whatever is said with it: outside full quotations the reporter's (Potts 2005)."""
_ORDER: Final = {TimexType.TIME: 0, TimexType.DATE: 0, TimexType.DURATION: 1, TimexType.SET: 2}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one bare claim is meant."""

    polarity: Polarity
    certainty: Certainty
    """Of the innermost source."""
    reporter_certainty: Certainty
    factuality: float
    """How far readers take it for a fact, from -3 to 3."""
    modality: Modality
    tense: Tense
    condition: Span | None
    antecedent: bool
    chain: tuple[SourceLink, ...]
    """From the outside in, the reporter left out."""
    said: When | None
    meant: When | None
    cues: tuple[Cue, ...]


def qualify(page: Page, claims: Iterable[BareClaim]) -> list[tuple[BareClaim, Judgement]]:
    """Judge the bare claims of a page, each by its predicate token."""
    desk = Desk(page)
    return [(bare, desk.judge(bare)) for bare in claims]


def verdict(
    tokens: tuple[Token, ...], verdicts: tuple[Verdict, ...], predicate: int, words: tuple[int, ...]
) -> Verdict:
    """Verdict of the highest verb in a relation: "tries to resolve" is sure where resolving is open."""
    top = topmost(tokens, predicate, words)
    outer, inner = verdicts[top], verdicts[predicate]
    if top != predicate and outer.modality is Modality.NONE and inner.modality is not Modality.CONDITIONAL:
        outer = outer._replace(modality=inner.modality)
    return outer


def topmost(tokens: tuple[Token, ...], predicate: int, words: tuple[int, ...]) -> int:
    """Find the highest verb of a relation: of "is proposed to supervise" the proposing."""
    top = predicate
    while tokens[top].head != top and tokens[top].head in words and tokens[top].dep in _EMBEDDED:
        top = tokens[top].head
    return top


class Desk:
    """The qualifiers of one page: a verdict for each token, a frame for each token, times by their anchor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.verdicts = certainty(page.parse, page.ontology)
        self._ratings: dict[int, float] = {}
        self._sources = Sources(page.frames)
        self._anchors = Anchors(page.parse, page.times)
        self._documents = lexicon(page.ontology).documents
        self._opined = {i: f for f in page.frames if f.act is Act.THOUGHT and f.source is None for i in f.cue}
        self._former = frozenset(page.ontology.values("cue:former", "kg:word"))
        self._committing = frozenset(page.ontology.values("cue:commits", "kg:word"))

    def judge(self, bare: BareClaim) -> Judgement:
        """Judge a bare claim by its predicate token."""
        tokens = self.page.parse.tokens
        top = topmost(tokens, bare.predicate, bare.words)
        frames = list(self._sources.at(top))
        if bare.rule in _PRESUPPOSED:
            judged, rating = self._presupposed(bare)
            while frames and frames[-1].speech is not Speech.DIRECT:
                frames.pop()
        else:
            judged, rating = verdict(tokens, self.verdicts, bare.predicate, bare.words), self._rated(top)
        return Judgement(
            polarity=judged.polarity,
            certainty=judged.certainty,
            reporter_certainty=self._reporter(judged.certainty, frames),
            factuality=rating,
            modality=judged.modality,
            tense=judged.tense,
            condition=judged.condition,
            antecedent=judged.antecedent,
            chain=self._chain(frames, top),
            said=self._said(frames),
            meant=self._when(self._anchors.of_claim(bare)),
            cues=(*judged.cues, *(Cue("source", self._cue(frame)) for frame in frames if frame.cue)),
        )

    def _rated(self, i: int) -> float:
        """Factuality of one token's event, worked out once."""
        if i not in self._ratings:
            self._ratings[i] = factuality(self.page.parse, self.verdicts, i)
        return self._ratings[i]

    def _presupposed(self, bare: BareClaim) -> tuple[Verdict, float]:
        """True now, unless a word of the phrase itself ("alleged", "former") says otherwise."""
        tokens = self.page.parse.tokens
        noun = tokens[bare.predicate]
        former = any(tokens[c].lower in self._former for c in noun.children if c < noun.i)
        tense = Tense.PAST if former else Tense.PRESENT
        own, phrase = self.verdicts[noun.i], self.page.parse.span(noun.left, noun.right + 1)
        if any(phrase.covers(cue.span) for cue in own.cues):
            return own._replace(tense=tense), self._rated(noun.i)
        return Verdict(tense=tense), 3.0

    def _reporter(self, certainty: Certainty, frames: list[Frame]) -> Certainty:
        """The reporter vouches for what others say only where every cue commits to it ("made it clear")."""
        tokens = self.page.parse.tokens
        for frame in frames:
            commits = self.page.ontology.value("kg:" + frame.force, "kg:commitsReporter") == "true"
            if not commits and not any(tokens[i].lemma in self._committing for i in frame.cue):
                return Certainty.UNKNOWN
        return certainty

    def _chain(self, frames: list[Frame], top: int) -> tuple[SourceLink, ...]:
        """A link for each frame, and for the text its source still speaks through; who says what he thinks is one."""
        links: list[SourceLink] = []
        for n, frame in enumerate(frames):
            found = [self._link(frame)]
            inner = frames[n + 1] if n + 1 < len(frames) else None
            if frame.through is not None and not (inner and self._is_text(inner)):
                found.append(self._link(self.page.frames[frame.through]))
            links += [link for link in found if link and not (links and links[-1].entity == link.entity)]
        if top in self._opined:
            links.append(SourceLink(UNSPECIFIED, cue=self.page.parse.tokens[top].span, force=self._opined[top].force))
        return tuple(links)

    def _is_text(self, frame: Frame) -> bool:
        """A document speaks, so that it needs no other as its medium."""
        head = frame.source_head
        return frame.act is Act.MEDIUM or (head is not None and self.page.parse.tokens[head].lemma in self._documents)

    def _link(self, frame: Frame) -> SourceLink | None:
        if frame.source is None or frame.source_head is None:
            named = frame.force == "describes" or not frame.cue  # "is named X": nobody's opinion
            return None if named else SourceLink(UNSPECIFIED, None, self._cue(frame), frame.speech, frame.force)
        mention = self.page.resolution.at(frame.source_head) or self.page.resolution.covering(frame.source_head)
        cue = self._cue(frame) if frame.cue else None
        if mention is None:  # "one of the men": somebody, if nobody known
            return SourceLink(UNSPECIFIED, self.page.parse.span(*frame.source), cue, frame.speech, frame.force)
        return SourceLink(
            mention.entity, self.page.parse.span(*frame.source), cue, frame.speech, frame.force, frame.act is Act.MEDIUM
        )

    def _cue(self, frame: Frame) -> Span:
        return self.page.parse.span(min(frame.cue), max(frame.cue) + 1)

    def _said(self, frames: list[Frame]) -> When | None:
        for frame in reversed(frames):
            for cue in frame.cue:
                when = self._when(self._anchors.at(cue))
                if when is not None:
                    return when
        day = self.page.parse.document.published
        return When(day.isoformat(), TimexType.DATE, day, day) if day is not None and not frames else None

    def _when(self, times: tuple[TimeExpression, ...]) -> When | None:
        if not times:
            return None
        best = min(times, key=lambda t: (_ORDER[t.type], t.span))
        return When(best.value, best.type, best.first, best.last, best.id)
