"""A provider on this machine: an HTTP server that answers as an OpenAI-compatible or Anthropic endpoint would."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.text_models.language.models import Answer, lines


class Reply(Exception):
    """Raised by the words of a stand-in provider to answer with a status, headers and body of its own."""

    def __init__(self, status: int, body: str = "{}", **headers: str) -> None:
        self.status, self.body, self.headers = status, body, headers


class Provider:
    """requests: (path, headers, body) of each, in order."""

    def __init__(self, words: Answer) -> None:
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.words = words
        self.url = ""

    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> tuple[int, dict[str, str], str]:
        self.requests.append((path, headers, body))
        message = body["messages"][-1]["content"]
        text = message if isinstance(message, str) else message[0]["text"]
        try:
            words = self.words(lines(text))
        except Reply as reply:
            return reply.status, {name.replace("_", "-"): value for name, value in reply.headers.items()}, reply.body
        return 200, {}, json.dumps(_anthropic(words) if path.endswith("/messages") else _openai(words))


def _openai(words: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": words}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "stand-in",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 700, "completion_tokens": 70, "total_tokens": 770},
    }


def _anthropic(words: str) -> dict[str, Any]:
    return {
        "id": "1",
        "type": "message",
        "role": "assistant",
        "model": "stand-in",
        "content": [{"type": "text", "text": words}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 700, "output_tokens": 70},
    }


@contextmanager
def provider(words: Answer) -> Iterator[Provider]:
    standing = Provider(words)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(standing.answer))
    server.daemon_threads = True
    standing.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield standing
    finally:
        server.shutdown()
        server.server_close()


def _handler(answer: Callable[..., tuple[int, dict[str, str], str]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, content = answer(self.path, dict(self.headers), body)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content.encode())))
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
