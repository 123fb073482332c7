"""``radiact doctor``: what is installed, what is stored, and what leaves the machine (nothing).

The last point is observed, not declared: every connection that Python asks for while the encoder
loads and a question is answered is recorded through an audit hook (PEP 578). A language model is
left out of that: it is asked apart, and without a question, whether it is there.
"""

import ipaddress
import platform
import shutil
import socket
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rag import __version__
from rag.cli.console import output
from rag.config import Settings
from rag.errors import RadiactError
from rag.language_model import ChatModel, ModelName, check_reachable
from rag.messages import french, typographic
from rag.pipeline import Assistant

LIBRARIES = ("chromadb", "gradio", "langchain-core", "sentence-transformers", "torch", "bm25s")
QUESTION = "Qui contrôle l’IA en radiologie ?"
MINIMUM_FREE_BYTES = 500_000_000


class ConnectionLog:
    """The addresses outside this machine that were asked for since it was installed."""

    def __init__(self) -> None:
        self.outside: set[str] = set()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            self._note(str(arguments[1][0]))
        elif event == "socket.getaddrinfo" and arguments[0]:
            self._note(str(arguments[0]))

    def _note(self, host: str) -> None:
        if not _is_loopback(host):
            self.outside.add(host)


def diagnose(settings: Settings) -> dict[str, Any]:
    """Examine the installation; ``sound`` is false when something must be mended."""
    connections = ConnectionLog()
    index = _examine_index(replace(settings, llm=""))
    outside = sorted(connections.outside)
    language_model = _examine_language_model(settings) if settings.llm else None
    problem = index["problem"] or (language_model and language_model["problem"])
    free = shutil.disk_usage(_existing_parent(settings.data_dir)).free
    return {
        "radiact": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "settings": _settings(settings),
        **index,
        "disk_free_bytes": free,
        "port_free": _is_port_free(settings),
        "connections_outside": outside,
        "language_model": language_model,
        "sound": not problem and not outside and free > MINIMUM_FREE_BYTES,
    }


def print_diagnosis(diagnosis: dict[str, Any]) -> None:
    """Print a diagnosis in French."""
    model = diagnosis["model"]
    port = "libre" if diagnosis["port_free"] else "occupé (la page est peut-être déjà servie)"
    uploads = "permis" if diagnosis["settings"]["uploads"] else "fermés"
    outside = ", ".join(diagnosis["connections_outside"]) or "aucune"
    lines = [
        f"RadIAct {diagnosis['radiact']}, Python {diagnosis['python']}",
        *(f"{name} {number}" for name, number in diagnosis["libraries"].items()),
        f"Encodeur : {model['name']} (empreinte {model['fingerprint'][:16] or 'inconnue'})",
        f"Reclassement : {diagnosis['settings']['reranker'] or 'aucun'}",
        *_language_model_lines(diagnosis["language_model"]),
        f"Données : {diagnosis['settings']['data_dir']}",
        f"Documents : {diagnosis['documents']}, passages : {diagnosis['passages']}",
        f"Espace disque libre : {diagnosis['disk_free_bytes'] / 1e9:.1f} Go",
        f"Port {diagnosis['settings']['port']} : {port}",
        f"Ajout et retrait de documents depuis la page : {uploads}",
        f"Connexions hors de la machine pendant une question : {outside}",
    ]
    if diagnosis["problem"]:
        lines.append(f"Problème : {diagnosis['problem']}")
    lines.append("Tout est en ordre." if diagnosis["sound"] else "À corriger : voir ci-dessus.")
    for line in lines:
        output.print(typographic(line), markup=False)


def _examine_index(settings: Settings) -> dict[str, Any]:
    found: dict[str, Any] = {
        "documents": 0,
        "passages": 0,
        "model": {"name": Path(settings.embedding_model).name, "fingerprint": ""},
        "index": None,
        "problem": None,
    }
    try:
        assistant = Assistant.open(settings)
        assistant.ask(QUESTION)
        report = assistant.check_indexes()
        found["index"] = {"missing": report.missing, "orphans": report.orphans}
        found["model"]["fingerprint"] = assistant.vector_store.encoder.fingerprint
        found.update({key: assistant.describe()[key] for key in ("documents", "passages")})
    except RadiactError as error:
        found["problem"] = french(error)
    return found


def _examine_language_model(settings: Settings) -> dict[str, Any]:
    """Say which model writes the answers and where it is; ``problem`` is null when it answers."""
    found: dict[str, Any] = {"name": settings.llm, "host": None, "remote": None, "problem": None}
    try:
        name = ModelName.read(settings)
        found.update(host=name.host, remote=name.is_remote)
        check_reachable(ChatModel.open(settings).name)
    except RadiactError as error:
        found["problem"] = french(error)
    return found


def _language_model_lines(found: dict[str, Any] | None) -> list[str]:
    if found is None:
        return ["Modèle de langage : aucun"]
    place = f" ({found['host']})" if found["host"] else ""
    lines = [f"Modèle de langage : {found['name']}{place}"]
    if found["remote"]:
        lines.append(
            f"Les questions et les passages trouvés sont envoyés à {found['host']}, "
            "hors de cette machine."
        )
    lines.append(found["problem"] or "Le serveur du modèle de langage répond.")
    return lines


def _settings(settings: Settings) -> dict[str, Any]:
    return {
        "data_dir": str(settings.data_dir),
        "documents_dir": str(settings.documents_dir),
        "embedding_model": settings.embedding_model,
        "reranker": settings.reranker,
        "host": settings.host,
        "port": settings.port,
        "offline": settings.offline,
        "uploads": settings.allows_uploads(asked_as=settings.host),
    }


def _is_port_free(settings: Settings) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return False
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", socket.gethostname()}


def _existing_parent(folder: Path) -> Path:
    return next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
