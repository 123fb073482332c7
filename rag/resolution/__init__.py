"""Meet the references of a question with what is indexed, on the day asked for."""

from rag.resolution.hits import named_first, with_references
from rag.resolution.resolver import Named, Resolution, Resolver
from rag.resolution.units import Units

__all__ = ["Named", "Resolution", "Resolver", "Units", "named_first", "with_references"]
