"""Servers of language models on this machine, which speak the real protocols, well or badly.

with OpenAIServer() as server:
    server.play(Script(text="Six mois [1]."))              # the same for every request
    server.play(Script(status=429), Script(text="Oui."))   # in turn, then the last one again
    server.play(Script(text=lambda messages: messages[-1]["content"]))
    settings = server.settings(settings)              # RADIACT_LLM and RADIACT_LLM_URL
    …
    server.requests[-1].messages, server.hung_up.wait(5)
"""

from typing import Any

from tests.language_model.scripts import MODEL, Ending, Script
from tests.language_model.serving import LanguageServer
from tests.language_model.wire import to_json

__all__ = [
    "MODEL",
    "SERVERS",
    "Ending",
    "LanguageServer",
    "MistralServer",
    "OllamaServer",
    "OpenAIServer",
    "Script",
]


class OpenAIServer(LanguageServer):
    """Chat completions of OpenAI, as vLLM and llama.cpp serve them: server-sent events."""

    provider = "openai"
    base_path = "/v1"
    chat_path = "/chat/completions"
    models_path = "/models"
    content_type = "text/event-stream"

    def piece(self, text: str) -> str:
        return self._event({"role": "assistant", "content": text})

    def thought(self, text: str) -> str:
        return self._event({"role": "assistant", "reasoning_content": text})

    def end(self, finish: str) -> str:
        return self._event({}, finish) + self.raw("[DONE]")

    def raw(self, line: str) -> str:
        return f"data: {line}\n\n"

    def error(self, words: str) -> dict[str, Any]:
        return {"error": {"message": words, "type": "essai", "param": None, "code": None}}

    def models(self) -> dict[str, Any]:
        return {"object": "list", "data": [{"id": MODEL, "object": "model"}]}

    def _event(self, delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "essai-1", "object": "chat.completion.chunk", "created": 1_795_000_000}
        return self.raw(to_json({**chunk, "model": MODEL, "choices": [choice]}))


class MistralServer(OpenAIServer):
    """The same protocol, but for thoughts, which are blocks of the content."""

    provider = "mistralai"

    def thought(self, text: str) -> str:
        block = {"type": "thinking", "thinking": [{"type": "text", "text": text}]}
        return self._event({"role": "assistant", "content": [block]})


class OllamaServer(LanguageServer):
    """Ollama's own protocol: one JSON object a line."""

    provider = "ollama"
    chat_path = "/api/chat"
    models_path = "/api/tags"
    content_type = "application/x-ndjson"

    def piece(self, text: str) -> str:
        return self._line({"role": "assistant", "content": text})

    def thought(self, text: str) -> str:
        return self._line({"role": "assistant", "content": "", "thinking": text})

    def end(self, finish: str) -> str:
        ending = {"done": True, "done_reason": finish, "total_duration": 1, "eval_count": 1}
        return self._line({"role": "assistant", "content": ""}, **ending)

    def raw(self, line: str) -> str:
        return f"{line}\n"

    def error(self, words: str) -> dict[str, Any]:
        return {"error": words}

    def models(self) -> dict[str, Any]:
        return {"models": [{"name": f"{MODEL}:latest", "model": f"{MODEL}:latest"}]}

    def _line(self, message: dict[str, Any], **ending: Any) -> str:
        head = {"model": MODEL, "created_at": "2026-11-29T08:00:00Z", "message": message}
        return self.raw(to_json({"done": False, **head, **ending}))


SERVERS: tuple[type[LanguageServer], ...] = (OpenAIServer, MistralServer, OllamaServer)
