"""Turn marginal notes and rules of law into what people ask.

« Conditions de retrait » → « c’est quoi les conditions de retrait ? ».

Notes are noun phrases without an article. The gender of the first noun is guessed from its ending,
which is right about nine times in ten; a question typed in a hurry is not better written.
"""

import random
import re
from collections.abc import Sequence

_FEMININE = re.compile(
    r"(?:tion|sion|xion|té|ence|ance|ense|ure|ie|ude|ise|ette|esse|ée|ade|ice|ière|ine|ande|tte|ente"
    r"|ête|euve|ainte|iste|ite|ole|alité|date|règle|peine|loi|fin|part|preuve|cause|charge|taxe"
    r"|voie|marque|somme|forme|période|base|langue|aide|zone|audience|cour)$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:s|x)$", re.IGNORECASE)
_SINGULAR_IN_S = re.compile(
    r"(?:cas|avis|accès|décès|frais|délais?|permis|refus|procès|sens|prix)$"
)
_VOWEL = re.compile(r"^[aeéèêiîoôuyhœ]", re.IGNORECASE)
_NOT_A_NOUN = re.compile(
    r"^(?:le|la|les|l['’]|un|une|des|du|en|à|au|aux|si|cas où|autres?|qui|quand|nul|aucun|sous)\b"
    r"|^l['’]|^\d",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^[A-Z]{2}")

_RULE = re.compile(
    r"\b(?P<negation>ne )?(?P<modal>peut|peuvent|doit|doivent|est tenue? (?:de |d['’])"
    r"|sont tenue?s (?:de |d['’]))(?: pas)?\s*(?:,[^,;:]{3,60},\s*)?"
    r"(?P<act>(?!être|lui|leur|l['’])(?:ne pas |se |s['’])?[a-zéèêâîôûç]{2,}(?:er|ir|re|é|i)\b"
    r"[^,;:.()—]{8,140})",
)
_CLAUSE = re.compile(
    r"\s(?:si|lorsqu|lorsque|sauf|dont|qui|que|où|au titre|aux termes|en application|visée?s?"
    r"|prévue?s?|conformément|selon|dans le cas)\b.*$"
)
_TIME = re.compile(
    r"\b(?:pendant|durant|dans (?:les|le délai)|au plus tard|avant (?:le|la|l['’])|jours|mois|ans"
    r"|années?)\b"
)
LONGEST_ACT = 12
"""Words kept of what may or must be done: people do not type more."""

MAY = (
    "qui peut {act} ?",
    "Peut-on {act} ?",
    "A-t-on le droit de {act} ?",
    "est ce qu'on peut {act}",
    "on peut {act} ?",
    "Dans quels cas peut-on {act} ?",
    "comment {act} ?",
    "Est-il permis de {act} ?",
)
MUST = (
    "qui doit {act} ?",
    "Faut-il {act} ?",
    "Est-on obligé de {act} ?",
    "est ce obligatoire de {act}",
    "doit-on {act}",
    "faut il {act}",
    "Devons-nous {act} ?",
    "À qui revient-il de {act} ?",
)
MUST_NOT = (
    "Peut-on {act} ?",
    "A-t-on le droit de {act} ?",
    "est-ce interdit de {act} ?",
    "on peut {act} ou pas",
)
WHEN = (
    "Dans quel délai {act} ?",
    "combien de temps pour {act}",
    "Quand faut-il {act} ?",
    "Jusqu'à quand {act} ?",
)

BARE = (
    "{note} ?",
    "{note}",
    "{note}",
    "{note} : que dit le texte ?",
    "{note}, quelles règles ?",
    "{note} comment ça marche",
    "{note} : qu'est-ce qui est prévu ?",
    "question sur : {note}",
    "règles applicables {note}",
    "{note}, est-ce obligatoire ?",
    "{note} : qui est concerné ?",
    "que faut-il savoir : {note}",
)
WITH_ARTICLE = (
    "En quoi consiste {the} ?",
    "Que prévoit la loi sur {the} ?",
    "Comment se passe {the} ?",
    "c'est quoi {the}",
    "C'est quoi {the} ?",
    "qu'est ce que {the}",
    "Qui est concerné par {the} ?",
    "À quoi sert {the} ?",
    "Quand s'applique {the} ?",
    "Dans quels cas est prévue {the} ?",
    "Que dit le règlement à propos {of} ?",
    "Quelles sont les règles {of} ?",
    "Quelles sont les conditions {of} ?",
    "qui s'occupe {of} ?",
    "Peut-on se passer {of} ?",
    "Qu'entend-on par {the} ?",
    "Faut-il tenir compte {of} ?",
    "que risque-t-on à propos {of} ?",
    "Comment faire pour {the} ?",
    "j'ai une question sur {the}",
    "est-ce que {the} nous concerne ?",
    "Où trouver les règles sur {the} ?",
)


def question_from(note: str, generator: random.Random) -> str:
    """Return a question, or a few key words, that the section beside a note answers."""
    note = note.strip(" .:;")
    begun = note[:1].lower() + note[1:] if note[1:2].islower() else note
    bare = _NOT_A_NOUN.match(note) or _ACRONYM.match(note)
    if bare or generator.random() < 0.4:
        return generator.choice(BARE).format(note=generator.choice((note, begun)))
    article = _article(begun)
    the = f"{article}{begun}"
    question = generator.choice(WITH_ARTICLE)
    return question.format(the=the, of=_of(article) + begun)


def question_from_rule(sentence: str, generator: random.Random) -> str | None:
    """Return a question that a sentence answers by what may or must be done; None without one.

    « Le titulaire doit conserver les registres pendant six ans » → « combien de temps pour
    conserver les registres », « faut-il conserver les registres ? ».
    """
    rule = _RULE.search(sentence)
    if rule is None:
        return None
    timed = bool(_TIME.search(rule["act"]))
    act = _CLAUSE.sub("", rule["act"]) if generator.random() < 0.8 else rule["act"]
    if timed:
        act = _TIME.split(act)[0]
    words = act.split()
    if not len(words) >= 2:
        return None
    kept = " ".join(words[:LONGEST_ACT])
    forms: Sequence[str] = MAY if rule["modal"].startswith("peu") else MUST
    if rule["negation"]:
        forms = MUST_NOT
    if timed and generator.random() < 0.6:
        forms = WHEN
    return re.sub(r"\bde ([aeéèêiîoôuyh])", r"d'\1", generator.choice(forms).format(act=kept))


def _article(note: str) -> str:
    noun = re.split(r"[\s,'’—–(-]", note, maxsplit=1)[0]
    if _PLURAL.search(noun) and not _SINGULAR_IN_S.search(noun):
        return "les "
    if _VOWEL.match(noun):
        return "l'"
    return "la " if _FEMININE.search(noun) else "le "


def _of(article: str) -> str:
    return {"les ": "des ", "le ": "du "}.get(article, f"de {article}")
