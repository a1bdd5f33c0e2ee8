"""What the programs are measured against: nginx with static pages, or the sandbox where an answer has to take a while."""

import contextlib
import http.client
import pathlib
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
START_S = 20


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def make_certificate(folder):
    """A throw-away one, which stands for nothing but this address for a while."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "7", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
                   check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def answers(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/api/v2/accounts/contacts?page=1")
        return connection.getresponse().status == 200
    except OSError:
        return False


def wait_for(process, port, log):
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        if answers(port):
            return
        time.sleep(0.05)
    raise SystemExit(f"nginx does not serve the pages; see {log}")


class Nginx:
    """Serves a folder of pages for as long as the `with` block lasts."""

    def __init__(self, folder, pages):
        self.folder = folder / "nginx"
        self.pages = pages

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        make_certificate(self.folder)
        http_port, tls_port = free_port(), free_port()
        text = (HERE / "nginx.conf.in").read_text(encoding="utf-8")
        for name, value in (("HTTP_PORT", http_port), ("TLS_PORT", tls_port), ("PAGES", self.pages)):
            text = text.replace(f"@{name}@", str(value))
        (self.folder / "nginx.conf").write_text(text, encoding="utf-8")
        log = self.folder / "error.log"
        with open(log, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(["nginx", "-p", self.folder, "-c", "nginx.conf", "-e", "error.log"],
                                            stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
        self.url = f"http://127.0.0.1:{http_port}"
        self.tls_url = f"https://127.0.0.1:{tls_port}"
        self.certificate = self.folder / "certificate.pem"
        try:
            wait_for(self.process, http_port, log)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def sandbox(program, *options):
    """Gives the base URL of a sandbox server."""
    process = subprocess.Popen([program, *map(str, options)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               text=True)
    try:
        url = process.stdout.readline().strip()
        if not url:
            raise SystemExit("the sandbox does not start")
        yield url
    finally:
        process.terminate()
        process.wait()
