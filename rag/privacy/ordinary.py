"""What looks like a patient's datum and is none: authorities, public numbers, references."""

import re

AUTHORITY = (
    r"cnil|has|ansm|ans|anssi|dgs|dgos|dgccrf|cnam|cpam|assurance maladie|edpb|cepd|edps|esr|sfr|"
    r"commission(?: europeenne)?|bureau de l'ia|ai office|ministere|conseil d'etat|"
    r"cour de cassation|"
    r"ars|defenseur des droits|afnor|lne|g-?med|asn|asnr|irsn|igas|cofrac|health data hub|"
    r"plateforme des donnees de sante|drim(?: france ia)?|forcomed|ordre des medecins|"
    r"cnom|cerf|snitem"
)
_NAMES_AN_AUTHORITY = re.compile(rf"\b(?:{AUTHORITY})\b", re.IGNORECASE)
_NAMES_A_PATIENT = re.compile(
    r"\b(?:patient|malade|assure|domicile|habit|demeur|resid|famille|mme|madame|monsieur|m\.)",
    re.IGNORECASE,
)
_NAMES_A_SERVICE = re.compile(
    r"\b(?:support|hotline|assistance|editeurs?|fournisseurs?|fabricants?|distributeurs?|standard|"
    r"secretariat|accueil|astreinte|helpdesk)\b",
    re.IGNORECASE,
)
_NAMES_AN_OFFICE = re.compile(
    r"\b(?:commissaires?|ministres?|deputee?s?|senateurs?|senatrices?|rapporteure?s?|"
    r"secretaires? d'etat)\b",
    re.IGNORECASE,
)
BESIDE = 45

AUTHORITY_PHONES = frozenset(
    {
        "+33153732222",  # CNIL
        "+33155873000",  # ANSM
        "+33155937000",  # HAS
        "+33158453250",  # Agence du numérique en santé
        "+33140566000",  # ministry of health
        "+33140206000",  # Conseil d'État
        "+33969390000",  # Défenseur des droits
        "+33144955050",  # Cour de cassation
        "+33171758000",  # ANSSI
        "+3222991111",  # European Commission
        "+3222819111",
    }
)

AUTHORITY_STREETS = re.compile(
    r"place de fontenoy|stade de france|anatole france\b.{0,8}93285|avenue de segur|"
    r"avenue duquesne|"
    r"place du palais[ -]royal|rue de la loi|rue wiertz|square de meeus|rue belliard|rue pinel|"
    r"rue de babylone|rue oudinot|rue saint-hilaire|boulevard vincent[ -]auriol",
    re.IGNORECASE,
)

ROLES = re.compile(
    r"(?:^|[._-])(?:dpo|dpd|rgpd|gdpr|privacy|contact|contacts|info|infos|information|accueil|"
    r"secretariat|support|aide|help|presse|press|direction|administration|signalements?|"
    r"materiovigilance|reactovigilance|vigilances?|pharmacovigilance|donnees|data|securite|security|"
    r"cert|juridique|legal|service|services|radiologie|imagerie|ia|ai|recherche|reclamations?|noreply|"
    r"no-reply|webmaster|standard|qualite|communication|formation|office|enquiries|protection|"
    r"rssi|dsi|dsin|informatique|biomedical|pacs|usagers?|mediateur|cellule|referent|helpdesk|"
    r"regulatory|compliance|conformite|medical-devices?)"
    r"(?:$|[._-])",
    re.IGNORECASE,
)
AUTHORITY_DOMAINS = re.compile(
    r"(?:^|\.)(?:europa\.eu|gouv\.fr|cnil\.fr|has-sante\.fr|sante\.fr|health-data-hub\.fr|"
    r"conseil-etat\.fr|assurance-maladie\.fr|iso\.org|iec\.ch|afnor\.org|who\.int|myesr\.org|"
    r"radiologie\.fr|fda\.gov)$",
    re.IGNORECASE,
)

REFERENCE = re.compile(
    r"(?:https?://|www\.)[^\s]+|\b10\.[0-9]{4,9}/[^\s]+|"
    r"\b(?:isbn|issn|ean|udi|pmid|pmcid|arxiv|siren|siret|finess|rpps|adeli|celex|nct|srn|"
    r"nor|iban|bic|gmdn|emdn|tva)[ :n°.-]{0,4}[0-9A-Z][0-9A-Z ().-]*[0-9X]",
    re.IGNORECASE,
)
"""Addresses of pages and numbers of publications and of companies, whose digits mean no person."""


def is_of_an_authority(text: str, start: int) -> bool:
    """Tell whether the words just before a place name an authority, and no patient."""
    return _is_of(_NAMES_AN_AUTHORITY, text, start)


def is_of_a_service(text: str, start: int) -> bool:
    """Tell whether the words just before a place name a service or a company, and no patient."""
    return _is_of(_NAMES_A_SERVICE, text, start)


def is_of_an_office(before: str) -> bool:
    """Tell whether what stands before a date speaks of someone in office, and of no patient.

    >>> is_of_an_office("le commissaire M. Breton le "), is_of_an_office("scanner de M. Breton le ")
    (True, False)
    """
    is_of_someone = re.search(r"patient|malade|enfant|\bnee?\b", before, re.IGNORECASE)
    return bool(_NAMES_AN_OFFICE.search(before)) and not is_of_someone


def _is_of(named: re.Pattern[str], text: str, start: int) -> bool:
    before = text[max(0, start - BESIDE) : start]
    return bool(named.search(before)) and not _NAMES_A_PATIENT.search(before)
