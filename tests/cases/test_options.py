"""Options without effect in a run: refused or noted, never silently ignored."""

import html
import json
import os
import pathlib
import re
import shutil
import zipfile

import openpyxl

import harness

CONTACTS = ("--contacts", "80", "--seed", "4")
SAMPLES = harness.SOURCE / "samples"


class Help(harness.Case):
    def test_groups(self):
        for command, groups in (
                ("report", ["Source", "Transfer", "Input", "Rows", "Report", "Output", "Terminal"]),
                ("fetch", ["Source", "Transfer", "Output", "Terminal"]),
                ("check", ["Source", "Transfer", "Check", "Terminal"])):
            with self.subTest(command):
                text = self.assert_done(self.rollcall("help", command)).out
                self.assertEqual(re.findall(r"(?m)^([A-Z][a-z]+):$", text), groups)
        sections = dict(re.findall(r"(?ms)^([A-Z][a-z]+):\n(.*?)\n\n", self.rollcall("help", "report").out))
        self.assertEqual(re.findall(r"(?m)^ +(--[a-z-]+)", sections["Input"]), ["--from"])
        self.assertEqual(re.findall(r"(?m)^ +(--[a-z-]+)", sections["Rows"]), ["--columns", "--order-by"])

    def test_exit_codes(self):
        """The help and the manual page list every exit code."""
        text = " ".join(self.assert_done(self.rollcall("help")).out.split("Exit codes: ")[1].split())
        self.assertEqual(re.findall(r"(?:^|, )(\d) ", text), list("01234567"))
        page = (harness.SOURCE / "docs" / "rollcall.1.in").read_text(encoding="utf-8")
        status = page.split(".SH EXIT STATUS")[1].split(".SH ")[0]
        self.assertEqual(re.findall(r"(?m)^\.B (\d)$", status), list("01234567"))


class Account(harness.Case):
    NAME = 'Müller & <Söhne> "=1+1"'

    def test_every_output_shows_it(self):
        with harness.Server(*CONTACTS) as server:
            run = self.assert_done(self.report(server, "--account", self.NAME))
        self.assertTrue(run.out.startswith(f"Account: {self.NAME}\n"), run)
        source = json.loads((self.out / "summary.json").read_text(encoding="utf-8"))["source"]
        self.assertEqual(list(source), ["base_url", "account", "labels", "q"])
        self.assertEqual(source["account"], self.NAME)
        page = (self.out / "summary.html").read_text(encoding="utf-8")
        self.assertIn(html.escape(self.NAME, quote=True), page.split("<title>")[1].split("</title>")[0])
        self.assertIn(f"<dt>Account</dt><dd>{html.escape(self.NAME, quote=True)}</dd>", page)
        book = openpyxl.load_workbook(self.out / "contacts.xlsx")
        self.assertIn(("Account", self.NAME), [row[:2] for row in book["About"].iter_rows(values_only=True)])
        self.assertIn(self.NAME, [cell for row in book["Summary"].iter_rows(max_row=3, values_only=True) for cell in row])
        with zipfile.ZipFile(self.out / "contacts.xlsx") as archive:
            self.assertIn(f"<Company>{html.escape(self.NAME, quote=False)}</Company>",
                          archive.read("docProps/app.xml").decode().replace("&quot;", '"'))
        # A report of the snapshot shows the account without the option.
        again = self.assert_done(self.report(self.out / "snapshot.sqlite", out=self.folder / "again", credentials=False))
        self.assertTrue(again.out.startswith(f"Account: {self.NAME}\n"), again)

    def test_without_one_nothing_is_said(self):
        with harness.Server(*CONTACTS) as server:
            run = self.assert_done(self.report(server))
        self.assertNotIn("Account", run.out)
        self.assertNotIn("account", json.loads((self.out / "summary.json").read_text(encoding="utf-8"))["source"])
        self.assertNotIn("<dt>Account", (self.out / "summary.html").read_text(encoding="utf-8"))

    def test_another_one_is_refused_beside_a_snapshot(self):
        with harness.Server(*CONTACTS) as server, harness.snapshot_of(server, "--account", "Acme") as snapshot:
            self.assert_failed(self.report(snapshot, "--account", "Other", credentials=False), 2,
                               "--account: the snapshot was fetched with Acme, this run asks for Other")
            self.assert_done(self.report(snapshot, "--account", "Acme", credentials=False))

    def test_names_that_cannot_be_shown(self):
        for name, why in (("", "an empty value"), ("a\nb", "control character"), ("x" * 201, "longer than 200 bytes"),
                          (os.fsdecode(b"caf\xe9"), "not a text in UTF-8")):
            with self.subTest(name):
                self.assert_failed(self.rollcall("fetch", "-o", self.out, "--account", name), 2, "--account: ", why)


class Only(harness.Case):
    FILES = {"xlsx": ["contacts.xlsx"], "csv": ["contacts.csv"], "html": ["summary.html"], "json": ["summary.json"],
             "tallies": ["activity.csv", "companies.csv", "countries.csv", "inboxes.csv"]}

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server(*CONTACTS))
        cls.snapshot = cls.enterClassContext(harness.snapshot_of(cls.server))

    def make(self, *arguments, **options):
        return self.report(self.snapshot, *arguments, credentials=False, **options)

    def test_each_and_some(self):
        self.assert_done(self.make(out=self.folder / "all"))
        printed = self.make(out=self.folder / "all").out
        for chosen in (*self.FILES, "html,csv", "json,json"):
            with self.subTest(chosen):
                # The directory holds the previous run's outputs: none of them stays.
                run = self.assert_done(self.make("--only", chosen))
                self.assertEqual((run.err, run.out), ("", printed.replace(str(self.folder / "all"), str(self.out))))
                files = sorted({"snapshot.sqlite"}.union(*(self.FILES[name] for name in chosen.split(","))))
                self.assertEqual(harness.names_in(self.out), files)
                for name in files:
                    if name.endswith((".csv", ".sqlite")):
                        self.assertEqual((self.out / name).read_bytes(), (self.folder / "all" / name).read_bytes())

    def test_from_the_api_and_a_definition(self):
        definition = self.folder / "definition.json"
        definition.write_text('{"only": ["csv", "json"]}', encoding="utf-8")
        run = self.rollcall("report", definition, "--base-url", self.server.url, "-o", self.out)
        self.assert_done(run)
        self.assertEqual(harness.names_in(self.out), ["contacts.csv", "snapshot.sqlite", "summary.json"])

    def test_unknown(self):
        for value in ("pdf", "csv,", "", "xlsx csv"):
            with self.subTest(value):
                self.assert_failed(self.make("--only", value), 2, "--only: ")
                self.assert_nothing_left()

    def test_options_that_show_nowhere_are_noted(self):
        run = self.assert_done(self.make("--only", "json", "--columns", "id", "--csv-raw", "--lang", "de"))
        self.assertEqual(sorted(run.err.splitlines()), ["note: --columns has no effect on what --only asks for",
                                                        "note: --csv-raw has no effect on what --only asks for"])
        run = self.assert_done(self.make("--only", "csv", "--columns", "id", "--csv-raw", "--activity-bounds", "5"))
        self.assertEqual(run.err, "")


class BesideASnapshot(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server(*CONTACTS))
        cls.whole = cls.enterClassContext(harness.snapshot_of(cls.server))
        cls.filtered = cls.enterClassContext(harness.snapshot_of(
            cls.server, "--label", "vip", "--label", "trial", "--q", "a", "--no-inboxes"))

    def make(self, snapshot, *arguments, **options):
        return self.report(snapshot, *arguments, credentials=False, **options)

    def test_another_filter_is_refused(self):
        for arguments, fetched, asked in ((("--label", "trial"), "(none)", "trial"),
                                          (("--q", "Ann"), "(none)", "Ann"),
                                          (("--no-inboxes",), "inboxes", "no inboxes"),
                                          (("--base-url", "http://localhost:1"), self.server.url, "http://localhost:1")):
            with self.subTest(arguments):
                run = self.make(self.whole, *arguments)
                self.assert_failed(run, 2, f"{arguments[0]}: the snapshot was fetched with {fetched}, "
                                           f"this run asks for {asked}\n", "without --from")
                self.assert_nothing_left()

    def test_wherever_it_was_said(self):
        for name, value in (("ROLLCALL_LABEL", "trial"), ("ROLLCALL_Q", "Ann"), ("ROLLCALL_NO_INBOXES", "true")):
            with self.subTest(name):
                self.assert_failed(self.make(self.whole, environment={name: value}), 2, "the snapshot was fetched with")
        definition = self.folder / "definition.json"
        definition.write_text('{"label": ["vip"]}', encoding="utf-8")
        run = self.rollcall("report", definition, "--from", self.filtered, "-o", self.out, credentials=False)
        self.assert_failed(run, 2, "fetched with vip, trial, this run asks for vip")
        self.assert_nothing_left()

    def test_the_same_filter_is_fine(self):
        run = self.make(self.filtered, "--label", "trial", "--label", "vip", "--q", "a", "--no-inboxes", "--base-url",
                        self.server.url + "/")
        self.assert_done(run)
        self.assertEqual(run.err, "")

    def test_what_has_no_effect_is_noted(self):
        run = self.make(self.whole, "--sort", "name", "--connections", "3", "--rate", "5")
        self.assert_done(run)
        self.assertEqual(sorted(run.err.splitlines()),
                         ["note: --connections has no effect with --from", "note: --rate has no effect with --from",
                          "note: --sort has no effect with --from"])
        run = self.make(self.whole, environment={"ROLLCALL_CONNECTIONS": "3", "ROLLCALL_DIRECTION": "desc"})
        self.assertEqual(self.assert_done(run).err, "note: --direction has no effect with --from\n")
        run = self.make(self.whole, "--sort", "name", "--quiet")
        self.assertEqual(self.assert_done(run).err, "")

    def test_a_report_s_directory(self):
        """--from reads the snapshot in a report's directory, even in the directory that the run replaces."""
        (self.folder / "last").mkdir()
        shutil.copy(self.whole, self.folder / "last" / "snapshot.sqlite")
        self.assert_done(self.make(self.folder / "last"))
        self.assertEqual((self.out / "snapshot.sqlite").read_bytes(), pathlib.Path(self.whole).read_bytes())
        before = (self.out / "contacts.csv").read_bytes()
        self.assert_done(self.make(self.out))
        self.assertEqual((self.out / "contacts.csv").read_bytes(), before)
        (self.folder / "empty").mkdir()
        self.assert_failed(self.make(self.folder / "empty"), 2, "empty/snapshot.sqlite: cannot be read")

    def test_in_other_runs(self):
        url = self.server.url
        run = self.assert_done(self.rollcall("check", "--base-url", url, "--max-passes", "3"))
        self.assertEqual(run.err, "note: --max-passes has no effect here\n")
        run = self.assert_done(self.rollcall("fetch", "--base-url", url, "-o", self.out, "--resume-within", "60"))
        self.assertEqual(run.err, "note: --resume-within has no effect without --resume\n")

    def test_contradictions(self):
        self.assert_failed(self.make(self.whole, "--quiet", "--verbose"), 2, "contradict")
        self.assert_failed(self.make(self.whole, "--resume"), 2, "there is no fetch to resume")
        self.assert_failed(self.rollcall("check", "--top-companies", "3"), 2, "'--top-companies' is an option of another")


class OneDefinitionForAll(harness.Case):
    def test_samples_work_with_every_command(self):
        with harness.Server(*CONTACTS) as server:
            for path in sorted(SAMPLES.glob("*.json")):
                with self.subTest(path.name):
                    self.assert_done(self.rollcall("check", path, "--base-url", server.url))
                    self.assert_done(self.rollcall("fetch", path, "--base-url", server.url, "-o",
                                                   self.place / (path.stem + ".sqlite")))
                    self.assert_done(self.rollcall("report", path, "--base-url", server.url, "-o",
                                                   self.place / path.stem))

    def test_values_for_other_commands_are_checked(self):
        definition = self.folder / "definition.json"
        definition.write_text('{"top_companies": 0}', encoding="utf-8")
        self.assert_failed(self.rollcall("check", definition), 2, "definition.json:1:2", "top_companies")
        self.assert_failed(self.rollcall("check", environment={"ROLLCALL_TOP_COMPANIES": "0"}), 2,
                           "ROLLCALL_TOP_COMPANIES")


if __name__ == "__main__":
    harness.main()
