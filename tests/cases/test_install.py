"""An installed program: it runs from anywhere, and needs nothing of the source tree."""

import os
import pathlib
import subprocess

import harness

BUILD = pathlib.Path(os.environ["ROLLCALL_BUILD"])


class Install(harness.Case):
    def setUp(self):
        super().setUp()
        self.prefix = self.folder / "prefix"
        subprocess.run(["cmake", "--install", BUILD, "--prefix", self.prefix], check=True, capture_output=True)
        self.program = self.prefix / "bin" / "rollcall"

    def test_files(self):
        installed = {str(path.relative_to(self.prefix)) for path in self.prefix.rglob("*") if path.is_file()}
        for name in ("bin/rollcall", "share/rollcall/templates/summary.mustache", "share/rollcall/samples/weekly.json",
                     "share/rollcall/samples/marketing.json", "share/rollcall/samples/audit.json"):
            self.assertIn(name, installed)
        self.assertFalse([name for name in installed if "/out/" in name or "sandbox" in name or "lib/" in name])

    def run_without_sources(self, *arguments):
        """An empty directory hides the sources and the build, if this machine lets us mount one."""
        hide = 'for hidden in "$1" "$2"; do mount -t tmpfs none "$hidden" || exit; done; shift 2; cd / && exec "$@"'
        command = ["unshare", "-rm", "sh", "-c", hide, "hide", BUILD, harness.SOURCE]
        if subprocess.run([*command, "true"], capture_output=True).returncode != 0:
            print("nothing can be mounted here: the sources stay in sight")
            command = []
        done = subprocess.run([*command, self.program, *map(str, arguments)], cwd="/", env=self.environment(),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=harness.HANG_S)
        return harness.Run(done.returncode, done.stdout, done.stderr)

    def test_runs_without_the_sources(self):
        sample = self.prefix / "share" / "rollcall" / "samples" / "weekly.json"
        with harness.Server("--contacts", "60") as server:
            run = self.run_without_sources("report", sample, "--base-url", server.url, "-o", self.out)
        self.assert_done(run)
        self.assert_whole()
        self.assertIn("<h1>Contact report</h1>", (self.out / "summary.html").read_text(encoding="utf-8"))

    def test_tells_its_version(self):
        run = self.assert_done(self.run_without_sources("--version"))
        self.assertRegex(run.out, r"^rollcall \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    harness.main()
