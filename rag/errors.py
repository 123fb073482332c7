"""Everything the program raises on purpose: one root, a problem named by an enumeration.

An error carries a ``Problem`` and the offending values; ``rag.messages`` turns it into French
at the edge (commands, page), and nowhere else.
"""

from enum import StrEnum


class Problem(StrEnum):
    """What went wrong, in the form that messages and tests refer to."""

    # A file that cannot become a document.
    NOT_FOUND = "not_found"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    WRONG_EXTENSION = "wrong_extension"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    ZIP_BOMB = "zip_bomb"
    BAD_METADATA = "bad_metadata"
    DUPLICATE_ID = "duplicate_id"
    # A file that the page cannot add.
    UPLOAD_NAME = "upload_name"
    UPLOAD_TOO_LARGE = "upload_too_large"
    UPLOAD_HELD = "upload_held"
    UPLOADS_FOLDER = "uploads_folder"
    # A question that cannot be answered as typed.
    QUESTION_EMPTY = "question_empty"
    QUESTION_TOO_LONG = "question_too_long"
    # Something that tells who a patient is.
    PATIENT_DATA = "patient_data"
    PATIENT_DATA_IN_HISTORY = "patient_data_in_history"
    PATIENT_DATA_IN_NAME = "patient_data_in_name"
    # The machine and its stores.
    BAD_SETTING = "bad_setting"
    BAD_DATE = "bad_date"
    UNKNOWN_KIND = "unknown_kind"
    BAD_PERIOD = "bad_period"
    BAD_FILTERS = "bad_filters"
    BAD_REGISTRY = "bad_registry"
    BAD_THESAURUS = "bad_thesaurus"
    BAD_DESCRIPTIONS = "bad_descriptions"
    BAD_OUT_OF_SCOPE = "bad_out_of_scope"
    BAD_QUESTIONS = "bad_questions"
    BAD_RUN = "bad_run"
    REPORT_FOLDER = "report_folder"
    MODEL_NOT_FOUND = "model_not_found"
    RERANKER_NOT_FOUND = "reranker_not_found"
    NOT_A_RERANKER = "not_a_reranker"
    NLI_NOT_FOUND = "nli_not_found"
    NOT_AN_NLI = "not_an_nli"
    LLM_NOT_SET = "llm_not_set"
    LLM_NO_ROOM = "llm_no_room"
    LLM_NO_ANSWER = "llm_no_answer"
    LLM_UNSUPPORTED = "llm_unsupported"
    LOCKED = "locked"
    DISK_FULL = "disk_full"
    STORE_UNUSABLE = "store_unusable"
    UNKNOWN_DOCUMENT = "unknown_document"
    UNKNOWN_VERSION = "unknown_version"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_SPAN = "unknown_span"
    UNKNOWN_PAGE = "unknown_page"
    NO_PAGE_IMAGE = "no_page_image"
    PORT_IN_USE = "port_in_use"
    EXPORT_FORMAT = "export_format"
    EXPORT_FILE = "export_file"
    # An official text that cannot be fetched.
    BAD_CATALOGUE = "bad_catalogue"
    UNKNOWN_SOURCE = "unknown_source"
    SOURCE_BY_HAND = "source_by_hand"
    SOURCE_SCHEME = "source_scheme"
    SOURCE_HOST = "source_host"
    SOURCE_PRIVATE = "source_private"
    SOURCE_REDIRECTS = "source_redirects"
    SOURCE_UNREACHABLE = "source_unreachable"
    SOURCE_CERTIFICATE = "source_certificate"
    SOURCE_TIMEOUT = "source_timeout"
    SOURCE_CUT = "source_cut"
    SOURCE_BUSY = "source_busy"
    SOURCE_STATUS = "source_status"
    SOURCE_CHALLENGE = "source_challenge"
    SOURCE_TYPE = "source_type"
    SOURCE_TOO_LARGE = "source_too_large"
    SOURCE_HASH = "source_hash"
    SOURCE_CONTENT = "source_content"
    SOURCE_OTHER = "source_other"
    SOURCE_FOLDER = "source_folder"
    SOURCE_HELD = "source_held"
    # A language model that cannot be opened.
    LLM_UNKNOWN_PROVIDER = "llm_unknown_provider"
    LLM_ADDRESS = "llm_address"
    LLM_PACKAGE = "llm_package"
    LLM_KEY = "llm_key"
    LLM_UNUSABLE = "llm_unusable"
    # A language model that does not write what it should.
    LLM_UNREACHABLE = "llm_unreachable"
    LLM_REFUSED = "llm_refused"
    LLM_NO_MODEL = "llm_no_model"
    LLM_BUSY = "llm_busy"
    LLM_FAILED = "llm_failed"
    LLM_SLOW = "llm_slow"
    LLM_TOO_LONG = "llm_too_long"
    LLM_CUT = "llm_cut"
    LLM_UNREADABLE = "llm_unreadable"
    LLM_EMPTY = "llm_empty"
    LLM_STOPPED = "llm_stopped"
    # A bug or a damaged store: never shown as an answer.
    QUOTE_MISPLACED = "quote_misplaced"


class RadiactError(Exception):
    """Root of the program's own errors: a problem and the values it concerns."""

    def __init__(self, problem: Problem, **details: object) -> None:
        self.problem = problem
        self.details = details
        super().__init__(f"{problem}: {details}" if details else str(problem))


class LoadError(RadiactError):
    """A file cannot be read as a document; the others still can."""


class ConfigurationError(RadiactError):
    """A setting or an argument has an unusable value."""


class QuestionError(RadiactError):
    """A question cannot be answered as typed: empty, or too long."""


class PatientDataError(RadiactError):
    """A text tells who a patient is; the error never holds the data, so that logs do not either.

    Attributes:
        kinds: what the data are (``rag.privacy.IdentifierKind``), each once, in order.
        masked: the text with words in place of each datum. It is no part of the message.
    """

    def __init__(self, problem: Problem, *, kinds: tuple[str, ...], masked: str) -> None:
        super().__init__(problem, kinds=kinds)
        self.kinds = kinds
        self.masked = masked


class StoreError(RadiactError):
    """The register or a derived index cannot be read or written."""


class SourceError(RadiactError):
    """An official text cannot be fetched; the others still can."""


class LanguageModelError(RadiactError):
    """A language model did not write an answer; extracts still can be given.

    Its details never hold what was asked nor a key, and it is raised without the library's own
    error, whose message may.
    """


class CitationError(RadiactError):
    """A quote does not stand where it says it does."""
