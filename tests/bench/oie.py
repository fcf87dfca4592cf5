"""Run the reader on sentences, one a line, and write its extractions: the input of `oie.py --pred`.

oie.py --sentences carb-dev > s.txt
python tests/bench/oie.py s.txt --style nary > nary.jsonl
oie.py --pred nary.jsonl --bench carb-dev
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg.reading.parse import Parser
from kg.reading.render import Style, extract_lines


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sentences", type=Path)
    arguments.add_argument("--style", type=Style, choices=list(Style), default=Style.CHAINED)
    chosen = arguments.parse_args()
    lines = [line for line in chosen.sentences.read_text(encoding="utf-8").splitlines() if line.strip()]
    for found in extract_lines(lines, chosen.style, Parser()):
        sys.stdout.write(json.dumps(found._asdict(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
