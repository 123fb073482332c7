import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from rag.config import Settings
from rag.errors import ConfigurationError, Problem
from rag.ui.quiet import LOCAL_ONLY
from rag.ui.server import STATIC, listen, ready_line

REPOSITORY = Path(__file__).parents[2]

SERVE_FAKE = """
from rag.config import Settings
from rag.ui import serve
from tests.ui.fake_assistant import FakeAssistant
serve(Settings(port={port}), lambda progress: FakeAssistant())
"""


def free_port():
    with listen(Settings(port=0)) as listener:
        return listener.getsockname()[1]


def test_port_that_is_taken_is_refused():
    with listen(Settings(port=0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ConfigurationError) as refused:
            listen(Settings(port=port))
    assert refused.value.problem is Problem.PORT_IN_USE
    assert refused.value.details == {"port": port}


def test_address_of_another_machine_is_refused():
    with pytest.raises(ConfigurationError) as refused:
        listen(Settings(host="192.0.2.1"))
    assert refused.value.problem is Problem.BAD_SETTING


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]")]
)
def test_ready_line_gives_an_address_to_open(host, shown):
    line = ready_line(Settings(host=host)).replace("\N{NO-BREAK SPACE}", " ")
    assert line.startswith(f"RadIAct est prêt : http://{shown}:7860 ")


def test_serving_says_where_and_stops_at_ctrl_c():
    process = subprocess.Popen(
        [sys.executable, "-W", "error::UserWarning", "-c", SERVE_FAKE.format(port=free_port())],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout.readline().startswith("RadIAct est prêt")
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert (rest, process.returncode) == ("", 0)


def test_app_imports_neither_gradio_nor_models():
    check = "import app, sys; print({'gradio', 'torch', 'chromadb'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_environment_is_quiet_before_gradio_is_imported():
    check = (
        "import os, sys, rag.ui; assert 'gradio' not in sys.modules; "
        f"print(all(os.environ[name] == value for name, value in {LOCAL_ONLY!r}.items()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"


def test_index_page_is_french_and_loads_nothing_from_elsewhere(url):
    response = httpx.get(url)
    page = response.text
    assert re.search(r"<html\s+lang=\"fr\"", page)
    assert page.count("<title>") == 1
    assert "og:" not in page
    loaded = re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"([^\"]+)\"", page)
    assert loaded
    assert not [address for address in loaded if address.startswith(("http", "//"))]


def test_browser_is_told_to_contact_this_server_only(url):
    policy = httpx.get(url).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "script-src 'self' 'unsafe-eval' 'nonce-" in policy
    assert "http" not in policy
    headers = httpx.get(f"{url}config").headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "nonce" not in headers["content-security-policy"]


def test_each_page_has_its_own_number_for_its_scripts(url):
    pages = [httpx.get(url) for _ in range(2)]
    numbers = [re.search(r"'nonce-([^']+)'", page.headers["content-security-policy"])[1]
               for page in pages]  # fmt: skip
    assert numbers[0] != numbers[1]
    for number, page in zip(numbers, pages, strict=True):
        assert page.text.count("<script") == page.text.count(f'<script nonce="{number}"')


def test_files_are_kept_by_the_browser_only_where_their_names_change(url):
    page = httpx.get(url)
    asset = re.search(r"\./(assets/index-[^\"]+\.js)", page.text)[1]
    assert "immutable" in httpx.get(f"{url}{asset}").headers["cache-control"]
    for address in ("", "radiact/base.css", "radiact/status"):
        assert httpx.get(f"{url}{address}").headers["cache-control"] == "no-cache"


def test_what_gradio_offers_besides_the_page_is_off(url):
    config = httpx.get(f"{url}config").json()
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert config["footer_links"] == []
    assert config["mcp_server"] is False
    assert config["stylesheets"] == []
    info = httpx.get(f"{url}gradio_api/info").json()
    assert info == {"named_endpoints": {}, "unnamed_endpoints": {}}
    assert httpx.get(f"{url}gradio_api/runs").status_code == 404
    assert httpx.get(f"{url}gradio_api/mcp/sse").status_code == 404
    assert httpx.get(f"{url}docs").status_code == 404


def test_files_cannot_be_uploaded(url):
    sent = httpx.post(f"{url}gradio_api/upload", files={"files": ("x.txt", b"0123456789" * 100)})
    assert sent.status_code == 413


def test_every_style_and_script_is_served_and_used(url):
    page = httpx.get(url).text
    files = {path.name for path in STATIC.iterdir()}
    assert files == set(re.findall(r'"\./radiact/([^"]+)"', page))
    assert all(httpx.get(f"{url}radiact/{name}").status_code == 200 for name in files)
