"""TLS 1.2 is the minimum, even if the machine's OpenSSL allows less."""

import socket
import subprocess
import time

import harness

LENIENT = """openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = lenient
[lenient]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
"""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class TlsVersion(harness.Case):
    def serve(self, version):
        """A server with one TLS version. It serves no API: only the handshake matters."""
        port = free_port()
        server = subprocess.Popen(["openssl", "s_server", "-quiet", "-www", version, "-cipher", "ALL:@SECLEVEL=0",
                                   "-accept", f"127.0.0.1:{port}", "-key", self.key, "-cert", self.certificate],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return f"https://127.0.0.1:{port}"
            time.sleep(0.05)
        self.fail("openssl s_server does not listen")

    def setUp(self):
        super().setUp()
        self.key, self.certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self.key, "-out",
                        self.certificate], check=True, capture_output=True)
        self.lenient = self.folder / "openssl.cnf"
        self.lenient.write_text(LENIENT)

    def ask(self, version):
        url = self.serve(version)
        return self.rollcall("check", "--base-url", url, "--cacert", self.certificate,
                             environment={"OPENSSL_CONF": str(self.lenient)})

    def test_versions(self):
        through = self.assert_failed(self.ask("-tls1_2"), 4)
        refused = self.assert_failed(self.ask("-tls1_1"), 4)
        self.assertNotRegex(through.err, "(?i)ssl|tls")
        self.assertRegex(refused.err, "(?i)ssl|tls")


if __name__ == "__main__":
    harness.main()
