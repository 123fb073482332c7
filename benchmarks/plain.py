"""The plain LangChain recipe that most tutorials show, on the same encoder: the baseline.

Text out of the HTML, ``RecursiveCharacterTextSplitter``, Chroma, similarity search. No legal
units, no lexical side, no citation.
"""

import sys
import time
from pathlib import Path

from langchain_chroma import Chroma
from langchain_text_splitters import RecursiveCharacterTextSplitter
from lxml import html

from rag.embeddings import Encoder

CHUNK_CHARACTERS, OVERLAP_CHARACTERS = 1000, 200


def ingest(files: list[Path], folder: Path, encoder: Encoder) -> int:
    """Index files into a Chroma folder; give the number of chunks."""
    chunks = [chunk for file in files for chunk in splitter().split_text(_text(file))]
    Chroma.from_texts(chunks, embedding=encoder, persist_directory=str(folder))
    return len(chunks)


def splitter() -> RecursiveCharacterTextSplitter:
    """Give the recipe's splitter, which also tells where each chunk starts."""
    return RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS, add_start_index=True
    )


def open_store(folder: Path, encoder: Encoder) -> Chroma:
    """Open what ``ingest`` made."""
    return Chroma(persist_directory=str(folder), embedding_function=encoder)


def search(store: Chroma, question: str) -> str:
    """Give the nearest chunk's text."""
    return str(store.similarity_search(question, k=5)[0].page_content)


def _text(file: Path) -> str:
    if file.suffix != ".html":
        return file.read_text(encoding="utf-8")
    return "".join(str(text) for text in html.fromstring(file.read_bytes()).itertext())


def main() -> None:
    """Answer one question from a folder, as a fresh process: ``plain.py FOLDER MODEL QUESTION``."""
    from rag.embeddings import SentenceEncoder

    folder, model, question = sys.argv[1:]
    started = time.perf_counter()
    store = open_store(Path(folder), SentenceEncoder(model))
    sys.stdout.write(search(store, question)[:200] + "\n")
    sys.stdout.write(f"{time.perf_counter() - started:.2f} s\n")


if __name__ == "__main__":
    main()
