"""What went wrong, in a sentence: the one place where errors become French."""

from rag.errors import PatientDataError, Problem, RadiactError
from rag.messages.typography import typographic
from rag.privacy import in_words

SENTENCES = {
    Problem.NOT_FOUND: "Fichier ou dossier introuvable : {path}.",
    Problem.UNSUPPORTED: (
        "Format non pris en charge ({suffix}) : Markdown, texte, HTML, PDF et DOCX le sont."
    ),
    Problem.UNREADABLE: "Fichier illisible ou endommagé.",
    Problem.WRONG_EXTENSION: "Le contenu du fichier ne correspond pas à son extension.",
    Problem.ENCRYPTED: "Fichier protégé par un mot de passe.",
    Problem.EMPTY: "Fichier vide.",
    Problem.NO_TEXT: "Aucun texte exploitable : document numérisé en image ou presque vide.",
    Problem.TOO_LARGE: "Fichier trop volumineux.",
    Problem.ZIP_BOMB: "Archive anormale : son contenu décompressé dépasse la limite de sécurité.",
    Problem.BAD_METADATA: "Métadonnée « {field} » inutilisable : {value}.",
    Problem.DUPLICATE_ID: "L’identifiant « {id} » est déjà celui d’un autre fichier : {other}.",
    Problem.UPLOAD_NAME: "Nom de fichier inutilisable : renommez le fichier, puis ajoutez-le.",
    Problem.UPLOAD_TOO_LARGE: (
        "Fichier trop volumineux : la limite est de {megabytes}\N{NO-BREAK SPACE}Mo."
    ),
    Problem.UPLOAD_HELD: (
        "Ce document est déjà indexé sous l’identifiant « {id} », à partir d’un autre fichier "
        "({other}) : retirez-le d’abord, ou renommez le vôtre s’il s’agit d’un autre texte."
    ),
    Problem.UPLOADS_FOLDER: "Le dossier des fichiers ajoutés est inutilisable : {cause}.",
    Problem.QUESTION_EMPTY: "La question est vide : écrivez-la en quelques mots.",
    Problem.QUESTION_TOO_LONG: (
        "La question est trop longue ({length} caractères) : "
        "la limite est de {limit} caractères. Résumez-la en une ou deux phrases."
    ),
    Problem.PATIENT_DATA: (
        "Ce texte semble contenir {kinds} : il n’a été ni enregistré ni transmis. "
        "Aucune donnée de patient ne doit être saisie ici."
    ),
    Problem.PATIENT_DATA_IN_HISTORY: (
        "Une question précédente semble contenir {kinds} : rien n’a été enregistré ni transmis. "
        "Aucune donnée de patient ne doit être saisie ici."
    ),
    Problem.PATIENT_DATA_IN_NAME: (
        "Le nom de ce fichier semble contenir {kinds} : il n’a pas été lu. Renommez-le."
    ),
    Problem.BAD_SETTING: "Réglage {variable} inutilisable : « {value} ».",
    Problem.BAD_DATE: "Date inutilisable : « {value} ». Écrivez-la sous la forme 2026-11-23.",
    Problem.UNKNOWN_KIND: "Sorte de texte inconnue : « {value} ». Ce sont : {kinds}.",
    Problem.BAD_PERIOD: "Période vide : « {since} » vient après « {until} ».",
    Problem.BAD_FILTERS: "Filtres inutilisables : effacez-les, puis choisissez-les de nouveau.",
    Problem.BAD_REGISTRY: "Registre des modifications inutilisable : {place}, « {value} ».",
    Problem.BAD_THESAURUS: (
        "Thésaurus inutilisable : entrée « {entry} », champ « {field} », valeur « {value} »."
    ),
    Problem.BAD_DESCRIPTIONS: "Descriptions inutilisables : {place}, « {value} ».",
    Problem.BAD_OUT_OF_SCOPE: (
        "Exemples de questions hors champ inutilisables : {place}, « {value} »."
    ),
    Problem.BAD_QUESTIONS: "Questions étiquetées inutilisables : {path}, ligne {line}.",
    Problem.BAD_RUN: (
        "Mesure antérieure inutilisable : {path} n’est pas une sortie de "
        "« radiact evaluate --json »."
    ),
    Problem.REPORT_FOLDER: "Le rapport ne peut pas être écrit dans {path} : {cause}.",
    Problem.MODEL_NOT_FOUND: (
        "Modèle d’encodage introuvable ou endommagé sur cette machine : « {model} ». "
        "Indiquez un dossier local dans RADIACT_EMBEDDING_MODEL, "
        "ou autorisez le téléchargement avec RADIACT_OFFLINE=0."
    ),
    Problem.RERANKER_NOT_FOUND: (
        "Modèle de reclassement introuvable ou endommagé sur cette machine : « {model} ». "
        "Indiquez un dossier local dans RADIACT_RERANKER, laissez ce réglage vide pour s’en "
        "passer, ou autorisez le téléchargement avec RADIACT_OFFLINE=0."
    ),
    Problem.NOT_A_RERANKER: (
        "Ce modèle ne sait pas reclasser des passages : « {model} ». RADIACT_RERANKER attend un "
        "CrossEncoder de sentence-transformers, qui donne une seule note à une question et à un "
        "passage lus ensemble."
    ),
    Problem.NLI_NOT_FOUND: (
        "Modèle d’inférence introuvable ou endommagé sur cette machine : « {model} ». "
        "Indiquez un dossier local dans RADIACT_NLI, laissez ce réglage vide pour s’en passer, ou "
        "autorisez le téléchargement avec RADIACT_OFFLINE=0."
    ),
    Problem.NOT_AN_NLI: (
        "Ce modèle ne dit pas si un texte en implique un autre : « {model} ». RADIACT_NLI "
        "attend un CrossEncoder de sentence-transformers à trois étiquettes, dont l’une est "
        "« entailment »."
    ),
    Problem.LLM_NOT_SET: (
        "Aucun modèle de langage n’est réglé : nommez-en un dans RADIACT_LLM, par exemple "
        "« ollama:mistral-small »."
    ),
    Problem.LLM_NO_ROOM: ("RADIACT_LLM_CONTEXT_TOKENS ne laisse pas de place aux passages."),
    Problem.LLM_NO_ANSWER: "Le modèle de langage n’a pas trouvé de réponse dans les passages.",
    Problem.LLM_UNSUPPORTED: (
        "Ce que le modèle de langage a rédigé n’est pas assez appuyé par les passages."
    ),
    Problem.LOCKED: (
        "Une autre indexation est en cours ({holder}) : réessayez quand elle sera finie."
    ),
    Problem.DISK_FULL: "Espace disque insuffisant : ce qui était indexé reste intact.",
    Problem.STORE_UNUSABLE: "La base de données est inutilisable : {cause}.",
    Problem.UNKNOWN_DOCUMENT: "Document inconnu : « {id} ».",
    Problem.UNKNOWN_VERSION: "Le document « {id} » n’a pas de version {version}.",
    Problem.UNKNOWN_UNIT: "Le document « {id} » n’a pas de partie « {anchor} ».",
    Problem.UNKNOWN_SPAN: "Ce passage n’existe pas dans le document « {id} ».",
    Problem.UNKNOWN_PAGE: "Le document n’a pas de page {page} : il en compte {count}.",
    Problem.NO_PAGE_IMAGE: "L’image de cette page n’est pas disponible.",
    Problem.PORT_IN_USE: "Le port {port} est déjà pris : choisissez-en un autre avec RADIACT_PORT.",
    Problem.EXPORT_FORMAT: (
        "Format d’export inconnu : « {suffix} ». Le nom du fichier doit finir par "
        ".docx, .pdf ou .md."
    ),
    Problem.EXPORT_FILE: "L’export ne peut pas être écrit dans {path} : {cause}.",
    Problem.BAD_CATALOGUE: (
        "Catalogue des textes inutilisable : entrée « {entry} », champ « {field} », {value}."
    ),
    Problem.UNKNOWN_SOURCE: (
        "Texte absent du catalogue : « {id} ». La commande « radiact sources list » les donne."
    ),
    Problem.SOURCE_BY_HAND: (
        "À enregistrer avec un navigateur, à l’adresse {address} ; puis : "
        "radiact sources pull {id} --file FICHIER."
    ),
    Problem.SOURCE_SCHEME: "Adresse refusée : {scheme}://{host} n’est pas une adresse https.",
    Problem.SOURCE_HOST: "Adresse refusée : le catalogue ne cite pas le site {host}.",
    Problem.SOURCE_PRIVATE: (
        "Adresse refusée : {host} désigne une machine d’un réseau privé. "
        "Un miroir interne se permet avec RADIACT_ALLOW_PRIVATE_SOURCES=1."
    ),
    Problem.SOURCE_REDIRECTS: "Le site {host} renvoie sans fin d’une adresse à une autre.",
    Problem.SOURCE_UNREACHABLE: "Le site {host} est injoignable.",
    Problem.SOURCE_CERTIFICATE: (
        "Le certificat du site {host} n’est pas reconnu. Derrière un serveur mandataire qui "
        "déchiffre les échanges, indiquez son autorité dans SSL_CERT_FILE."
    ),
    Problem.SOURCE_TIMEOUT: (
        "Le site {host} est trop lent : l’attente a dépassé {seconds}\N{NO-BREAK SPACE}s."
    ),
    Problem.SOURCE_CUT: "Le site {host} a coupé l’envoi avant la fin du fichier.",
    Problem.SOURCE_BUSY: (
        "Le site {host} est momentanément indisponible (réponse {status}) : réessayez plus tard."
    ),
    Problem.SOURCE_STATUS: "Le site {host} n’a pas ce fichier (réponse {status}).",
    Problem.SOURCE_CHALLENGE: (
        "Le site {host} n’admet que les navigateurs (réponse {status}) : ouvrez-y {address}, "
        "enregistrez le fichier, puis relancez la commande avec --file FICHIER."
    ),
    Problem.SOURCE_TYPE: "Le site {host} a envoyé un autre format que celui attendu : {received}.",
    Problem.SOURCE_TOO_LARGE: "Fichier trop volumineux : plus de {megabytes}\N{NO-BREAK SPACE}Mo.",
    Problem.SOURCE_HASH: (
        "Le fichier reçu n’est pas celui que le catalogue exige : son empreinte est {found}."
    ),
    Problem.SOURCE_CONTENT: (
        "Le fichier reçu n’est pas le texte attendu : « {contains} » n’y figure pas."
    ),
    Problem.SOURCE_OTHER: (
        "Le fichier reçu n’est pas le texte attendu : {found} au lieu de {expected}."
    ),
    Problem.SOURCE_FOLDER: "Le dossier des textes téléchargés est inutilisable : {cause}.",
    Problem.SOURCE_HELD: (
        "« {id} » est déjà indexé à partir de votre fichier {other}, qui continue de répondre. "
        "Le texte téléchargé est gardé dans {path} ; pour l’indexer à la place, "
        "déplacez votre fichier hors de son dossier, puis relancez."
    ),
    Problem.LLM_UNKNOWN_PROVIDER: (
        "Modèle de langage inconnu : « {value} ». RADIACT_LLM s’écrit fournisseur:modèle, "
        "par exemple ollama:mistral-small. Les fournisseurs possibles sont : {providers}."
    ),
    Problem.LLM_ADDRESS: (
        "L’adresse donnée dans RADIACT_LLM_URL est inutilisable : elle doit commencer par http:// "
        "ou https://, nommer une machine, et ne contenir ni identifiant, ni mot de passe, ni "
        "paramètre."
    ),
    Problem.LLM_PACKAGE: (
        "Le modèle de langage « {model} » demande une bibliothèque qui n’est pas installée : "
        "pip install 'radiact[{extra}]'."
    ),
    Problem.LLM_KEY: (
        "Le modèle de langage « {model} » demande une clé : indiquez-la dans la variable "
        "d’environnement {variable}."
    ),
    Problem.LLM_UNUSABLE: (
        "Le modèle de langage « {model} » ne peut pas être ouvert : vérifiez RADIACT_LLM et "
        "RADIACT_LLM_URL."
    ),
    Problem.LLM_UNREACHABLE: "Le modèle de langage ne répond pas ({host}).",
    Problem.LLM_REFUSED: (
        "Le modèle de langage refuse l’accès ({host}, réponse {status}) : vérifiez la clé."
    ),
    Problem.LLM_NO_MODEL: (
        "Le modèle de langage « {model} » est introuvable ({host}) : vérifiez RADIACT_LLM et "
        "RADIACT_LLM_URL."
    ),
    Problem.LLM_BUSY: "Le modèle de langage a trop de demandes ({host}) : réessayez plus tard.",
    Problem.LLM_FAILED: "Le modèle de langage a échoué ({host}, {cause}).",
    Problem.LLM_SLOW: (
        "Le modèle de langage n’a encore rien écrit après {seconds}\N{NO-BREAK SPACE}s ({host})."
    ),
    Problem.LLM_TOO_LONG: "Le modèle de langage n’en finit pas d’écrire ({host}).",
    Problem.LLM_CUT: "Le modèle de langage s’est arrêté avant la fin de sa réponse ({host}).",
    Problem.LLM_UNREADABLE: "La réponse du modèle de langage est illisible ({host}).",
    Problem.LLM_EMPTY: "Le modèle de langage n’a rien écrit ({host}).",
    Problem.LLM_STOPPED: "La rédaction a été arrêtée.",
    Problem.QUOTE_MISPLACED: "Une citation ne correspond pas au texte indexé : réponse retenue.",
}


def french(error: RadiactError) -> str:
    """Say in French what went wrong, with no-break spaces before « : ; ? ! »."""
    details = _Details(error.details)
    if isinstance(error, PatientDataError):
        details["kinds"] = in_words(error.kinds)
    return typographic(SENTENCES[error.problem].format_map(details))


class _Details(dict[str, object]):
    """Details of an error; one that was not given shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"
