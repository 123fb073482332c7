"""RadIAct: cited answers, in French, on the regulation of AI in radiology."""

__version__ = "0.1.0"
