"""Checks summary.html with axe-core, the rules by which tools judge whether everybody can use a page."""

import browser
import harness

AXE = harness.SOURCE / "tests" / "node_modules" / "axe-core" / "axe.min.js"
CONTACTS = harness.CASES / "golden" / "contacts.ndjson"
# Contrasts that axe leaves open: of texts in a drawing, which have the colours of the tables beside them on the same
# ground; of signs that are no letters, and of single digits; and on a narrow screen of the table that scrolls, which a
# wide one shows whole.
RULES = """(() => {
    const open = ['imgNode', 'nonBmp', 'shortTextContent', ...(innerWidth < 1600 ? ['elmPartiallyObscured'] : [])];
    const judged = node => !node.any.some(
        check => check.id === 'color-contrast' && open.includes(check.data.messageKey));
    document.querySelectorAll('details').forEach(details => details.open = true);
    return axe.run().then(results => ({
        dark: matchMedia('(prefers-color-scheme: dark)').matches,
        passes: results.passes.map(rule => rule.id),
        violations: results.violations.map(rule => [rule.id, rule.nodes.map(node => node.html + node.failureSummary)]),
        doubts: results.incomplete.map(rule => [rule.id, rule.nodes.filter(judged).map(
            node => node.html + node.failureSummary)]).filter(rule => rule[1].length)
    }));
})()"""


class Accessible(browser.BrowserCase):
    @classmethod
    def setUpClass(cls):
        if not AXE.exists():
            raise RuntimeError(f"{AXE} is not there: tests/setup.sh tests installs it")
        cls.axe = AXE.read_text(encoding="utf-8")

    def check(self, path):
        for width, arguments in ((360, ()), (360, (browser.DARK,)), (1600, ()), (1600, (browser.DARK,))):
            with self.subTest(width=width, arguments=arguments):
                results = self.ask(path, RULES, width, self.axe, arguments)
                self.assertEqual(results["dark"], bool(arguments))
                self.assertTrue({"color-contrast", "heading-order", "region", "html-has-lang", "svg-img-alt",
                                 "scope-attr-valid"} <= set(results["passes"]), results["passes"])
                self.assertEqual((results["violations"], results["doubts"]), ([], []))

    def test_report(self):
        with harness.Server("--contacts", "500", "--seed", "2") as server:
            self.assert_done(self.report(server, "--lang", "de"))
        self.check(self.out / "summary.html")

    def test_hard_names_and_warnings(self):
        with harness.Server("--data", CONTACTS) as server:
            self.assert_done(self.report(server, "--lang", "zh-Hans"))
        self.check(self.out / "summary.html")

    def test_unproven(self):
        with harness.Server("--contacts", "225", "--fault", "always: count stale 260") as server:
            self.assert_done(self.report(server, "--allow-unproven"))
        path = self.out / "summary.html"
        self.assertIn('class="banner"', path.read_text(encoding="utf-8"))
        self.check(path)


if __name__ == "__main__":
    harness.main()
