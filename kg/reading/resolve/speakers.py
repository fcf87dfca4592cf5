"""Who "I", "we" and "you" are: by the words a speaker is quoted with, and by the turns of an interview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kg.model import Form, Speech
from kg.reading.resolve.turns import Turn, interviewee, several, turns

if TYPE_CHECKING:
    from kg.reading.resolve.coreference import Linker
    from kg.reading.resolve.mentions import Candidate
    from kg.reading.speech import Frame

SPEAKING: Final = frozenset(("Organization", "Company", "Government", "Party", "MilitaryUnit", "Market", "Publication"))
"""Kinds of bodies that "we" may stand for."""
_FIELDING: Final = SPEAKING | {"Country", "Region", "City"}
"""And of those that sportsmen may play for."""


_SELF: Final = frozenset(("i", "me", "my", "mine", "myself"))


class Speakers:
    """Those who speak in one document."""

    def __init__(self, linker: Linker, frames: Sequence[Frame]) -> None:
        self.linker, self.tokens, self.frames = linker, linker.tokens, frames
        self.quoting = self._quoting()
        """Token → innermost frame that quotes it."""
        self.signed = self._signed()
        """Sentence → candidate whose name stands alone behind its paragraph: "I was dragged in. Ann Lee"."""
        self.turns = turns(linker.parse, linker.words, self.quoting)
        self.interviewee: int | None = None
        self.several = False
        self.bodies: dict[int, int | None] = {}
        self.selves: dict[tuple[str, int], int] = {}

    def meet(self) -> None:
        """Find out who is interviewed, once names are joined."""
        if self.turns:
            self.interviewee = interviewee(self.linker, self.turns)
            self.several = several(self.linker, self.turns)

    def _quoting(self) -> dict[int, int]:
        """Map a token to the innermost frame that quotes it."""
        out: dict[int, int] = {}
        order = sorted(range(len(self.frames)), key=lambda f: -sum(e - s for s, e in self.frames[f].contents))
        for f in order:
            if self.frames[f].speech is not Speech.INDIRECT:
                for first, end in self.frames[f].contents:
                    for i in range(first, end):
                        out[i] = f
        return out

    def _signed(self) -> dict[int, int]:
        """Map the sentences of a quotation set off from the text, and where they are said again, to its speaker."""
        linker, sentences = self.linker, self.linker.parse.sentences
        out: dict[int, int] = {}
        for last, sentence in enumerate(sentences):
            found = linker.at.get(sentence.first)
            name = linker.candidates[found] if found is not None and linker.is_name(found) else None
            ends = last + 1 == len(sentences) or sentences[last + 1].paragraph != sentence.paragraph
            if found is None or name is None or name.end != sentence.end or not ends or not self._personal(found):
                continue
            before = last - 1
            while before >= 0 and sentences[before].paragraph == sentence.paragraph:
                out[before] = found
                before -= 1
        said = {linker.parse.text(sentences[n].first, sentences[n].end): found for n, found in out.items()}
        for n, sentence in enumerate(sentences) if said else ():
            if (found := said.get(linker.parse.text(sentence.first, sentence.end))) is not None:
                out[n] = found
        return out

    def _personal(self, name: int) -> bool:
        """Tell a person's name from others, though the model may take one that stands alone for a body's."""
        x = self.linker.candidates[name]
        return x.kind == "Person" or (x.kind == "Organization" and x.row is None and x.end - x.first in (2, 3))

    def of(self, x: Candidate) -> tuple[int | None, str, float]:
        """Take "I" for the speaker; "we" and "you" stay the same within one speaker's words."""
        frame = self.quoting.get(x.head, -1)
        speaker = self._source(frame)
        if x.person == "1" and x.number == "singular" and speaker is not None:
            return speaker, "speaker", 0.9
        if speaker is None and x.key in _SELF and (found := self.signed.get(self.tokens[x.head].sent)) is not None:
            signed = self.linker.cluster[found]
            self.linker.clusters[signed].kind = "Person"
            return signed, "signed", 0.8
        if x.person == "1" and x.number == "plural" and speaker is not None:
            if speaker not in self.bodies:
                self.bodies[speaker] = self._body(speaker)
            body = self.bodies[speaker]
            if body is not None:
                return body, "speaker's body", 0.6
        word = x.person + x.number
        if speaker is None and self.turns:
            turn = self.turns[self.linker.parse.sentences[self.tokens[x.head].sent].paragraph]
            if turn is (Turn.ASKS if x.person == "2" else Turn.ANSWERS) and (x.number == "plural") <= self.several:
                alone = x.person == "1" and x.number == "singular"
                word = "interviewees" if self.several and not alone else "interviewee"
                if self.interviewee is not None and word == "interviewee":
                    return self.interviewee, "turn", 0.7
        key = (word, speaker if speaker is not None else -1)
        known = self.selves.get(key)
        if known is None:
            self.selves[key] = len(self.linker.clusters)  # the one about to be opened
            return None, "new", 0.5
        return known, "speaker", 0.7

    def _body(self, speaker: int) -> int | None:
        """Find the body that a speaker was said to speak for: "a NATO diplomat", "chairman of Acme"."""
        linker, bare = self.linker, False
        for m in reversed(linker.clusters[speaker].members):
            x = linker.candidates[m]
            if x.form is not Form.NOMINAL or (x.key not in linker.words.roles and x.kind != "Person"):
                continue
            for i in range(x.left, x.right):
                found = linker.at.get(i)
                if found is None or found == m or not linker.is_name(found) or linker.cluster[found] == speaker:
                    continue
                bodies = _FIELDING if x.key in linker.words.sporting else SPEAKING
                if linker.clusters[linker.cluster[found]].kind in bodies and self._belongs(i, x.head):
                    return linker.cluster[found]
            bare = bare or x.key in linker.words.officers
        named = [c for c in linker.clusters if bare and c.seen and c.names and c.kind in SPEAKING]
        # "Spokeswoman Ann Lee": of the body that the text tells of.
        return max(named, key=lambda c: c.seen).number if named else None

    def _belongs(self, i: int, head: int) -> bool:
        """Tell a name that modifies a noun, owns it, or follows it after "of" or "for"."""
        token = self.tokens[i]
        if token.head == head:
            return token.dep in ("compound", "nmod", "poss", "amod")
        prep = self.tokens[token.head]
        return token.dep == "pobj" and prep.head == head and prep.lower in ("of", "for", "at", "with")

    def _source(self, frame: int) -> int | None:
        """Find the cluster of whom a frame quotes."""
        if frame < 0:
            return None
        linker = self.linker
        head = self.frames[frame].source_head
        found = linker.at.get(head) if head is not None else None
        if found is None:
            return None
        if linker.cluster[found] < 0:
            # '"…", he said': the speaker is named only after the words; settle who it is first.
            if linker.candidates[found].person in ("1", "2"):
                return None
            linker.settle(found)
        return linker.cluster[found]
