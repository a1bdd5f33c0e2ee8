"""The definitions in samples/, each run as its user would, and the demonstration."""

import os
import re
import subprocess

import openpyxl

import harness

SAMPLES = harness.SOURCE / "samples"
SERVER = ("--contacts", "600", "--seed", "7")
MADE = {  # where each puts its outputs, as of harness.AS_OF
    "weekly.json": "reports/2026-W44",
    "marketing.json": "marketing",
    "audit.json": "audit/2026-11-01T000000Z",
}


class Samples(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server(*SERVER))

    def make(self, name):
        run = self.rollcall("report", SAMPLES / name, "--base-url", self.server.url, "--as-of", harness.AS_OF,
                            cwd=self.place)
        self.assert_done(run)
        folder = self.place / MADE[name]
        self.assert_whole(folder)
        return folder

    def test_all_are_known_here(self):
        self.assertEqual(sorted(MADE), sorted(path.name for path in SAMPLES.glob("*.json")))

    def test_weekly(self):
        folder = self.make("weekly.json")
        rows = harness.read_table(folder / "contacts.csv")
        self.assertEqual(len(rows), self.server.truth()["contacts"])
        times = [row["last_activity_at"] for row in rows if row["last_activity_at"]]
        self.assertGreater(len(times), 100)
        self.assertTrue(all(re.search(r"\+0[12]:00$", time) for time in times))
        summary = harness.read_summary(folder)
        self.assertEqual([row["bucket"] for row in summary["activity"]],
                         ["<=1d", "<=7d", "<=30d", "<=90d", ">90d", "never"])
        self.assertEqual(summary["timezone"], "Europe/Berlin")
        companies = openpyxl.load_workbook(folder / "contacts.xlsx")["Companies"].tables["Companies"]
        self.assertEqual(companies.ref, "A1:C18", "a header, 15 companies, the others, and the sum")

    def test_marketing(self):
        folder = self.make("marketing.json")
        rows = harness.read_csv(folder / "contacts.csv")
        self.assertEqual(rows[0], ["email", "name", "phone_number", "company_name", "country_code", "created_at",
                                   "custom.plan"])
        truth = self.server.truth("?labels[]=newsletter&labels[]=vip")
        self.assertEqual(len(rows) - 1, truth["contacts"])
        self.assertGreater(truth["contacts"], 10)
        self.assertLess(truth["contacts"], self.server.truth()["contacts"])

    def test_audit(self):
        folder = self.make("audit.json")
        rows = harness.read_table(folder / "contacts.csv")
        self.assertEqual([int(row["id"]) for row in rows], sorted(self.server.truth()["ids"]))
        self.assertGreater(len(rows[0]), 23)
        again = self.rollcall("report", SAMPLES / "audit.json", "--from", folder / "snapshot.sqlite", "-o", "again",
                              "--as-of", harness.AS_OF, cwd=self.place, credentials=False)
        self.assert_done(again)
        self.assertEqual((self.place / "again" / "contacts.csv").read_bytes(), (folder / "contacts.csv").read_bytes())

    def test_the_command_line_wins(self):
        """The command line wins over the environment, the environment over the definition."""
        definition = self.folder / "definition.json"
        definition.write_text('{"timezone": "Asia/Tokyo", "label": ["vip"], "output": "place/out"}', encoding="utf-8")
        for environment, arguments, expected in (
                ({}, [], ("Asia/Tokyo", ["vip"])),
                ({"ROLLCALL_TIMEZONE": "Asia/Seoul"}, [], ("Asia/Seoul", ["vip"])),
                ({"ROLLCALL_TIMEZONE": "Asia/Seoul", "ROLLCALL_LABEL": "trial"}, ["--timezone", "UTC"],
                 ("UTC", ["trial"])),
                ({}, ["--label", "partner", "--label", "trial"], ("Asia/Tokyo", ["partner", "trial"]))):
            with self.subTest(environment=environment, arguments=arguments):
                self.assert_done(self.rollcall("report", definition, "--base-url", self.server.url, *arguments,
                                               environment=environment))
                summary = harness.read_summary(self.out)
                self.assertEqual((summary["timezone"], summary["source"]["labels"]), expected)


class Demonstration(harness.Case):
    def test_runs_twice(self):
        """The demo runs from any directory, without standard input; a second run replaces the first one's outputs."""
        environment = {**os.environ, "HOME": str(self.home)}
        for _ in range(2):
            done = subprocess.run([SAMPLES / "demo.sh"], cwd="/", env=environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=600)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"(?m)^Contacts +3,000 +100\.0%$")
            self.assertRegex(done.stdout, r"(?m)^New in the last 7 days +[1-9]\d* ")
            told = done.stdout.splitlines()[-len(harness.OUTPUTS):]
            self.assertEqual(told, [f"{SAMPLES}/out/{name}" for name in harness.OUTPUTS])
            self.assert_whole(SAMPLES / "out")
            url = re.search(r"http://127\.0\.0\.1:(\d+)", done.stdout)
            self.assertNotIn(f":{int(url[1]):04X} ", listening(), "the server still runs")


def listening():
    with open("/proc/net/tcp", encoding="ascii") as file:
        return "\n".join(line for line in file if line.split()[3] == "0A")


if __name__ == "__main__":
    harness.main()
