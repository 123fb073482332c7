"""Have a question that leans on those before it written out, so that it can be searched alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event

from rag.answerers.written.answerer import Writer
from rag.errors import PatientDataError
from rag.privacy import check
from rag.verification import states_only

MOST_CHARACTERS = 400
EARLIER_QUESTIONS = 4
SYSTEM = """\
Tu réécris la dernière question d’une conversation pour qu’elle se comprenne seule. Reprends les \
mots des questions précédentes, n’ajoute ni fait, ni chiffre, ni nom. Réponds par cette seule \
question, en français, sur une ligne."""


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Rewrites follow-ups by the chat model that writes the answers."""

    writer: Writer

    def rewrite(
        self, question: str, history: Sequence[str], *, stop: Event | None = None
    ) -> str | None:
        """Write a question out; None where the model does not give one that can be trusted.

        It must be one line of French that states no figure, date, reference, body or actor which
        the conversation does not.

        Raises:
            LanguageModelError: the model wrote nothing, or was stopped.
        """
        earlier = "\n".join(f"- {one}" for one in history[-EARLIER_QUESTIONS:])
        asked = f"Questions précédentes :\n{earlier}\n\nDernière question : {question}"
        text = self.writer.write([("system", SYSTEM), ("user", asked)], stop=stop).strip(' "«»')
        try:
            check(text)
        except PatientDataError:
            return None
        if not text or "\n" in text or len(text) > MOST_CHARACTERS:
            return None
        return text if states_only(text, "\n".join((*history, question))) else None
