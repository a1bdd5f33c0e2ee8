"""--template: pages from templates that users write."""

import re

import harness

CONTACTS = harness.CASES / "golden" / "contacts.ndjson"
README = (harness.SOURCE / "templates" / "README.md").read_text(encoding="utf-8")


def blocks(language):
    """The examples of that language in templates/README.md."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


class Template(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = harness.Server("--data", CONTACTS)
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def render(self, template, *arguments):
        self.assert_done(self.report(self.server, "--template", template, *arguments))
        return (self.out / "summary.html").read_text(encoding="utf-8")

    def refused(self, template, *needles):
        """Before the server is asked for anything."""
        asked = self.server.requests()
        self.assert_failed(self.report(self.server, "--template", template), 2, *needles)
        self.assertEqual(self.server.requests(), asked)
        self.assert_nothing_left()

    def test_documented_page(self):
        page = self.render(self.write("page.mustache", blocks("mustache")[0]))
        self.assertEqual(page.split("\n"), blocks("html")[0].split("\n"))

    def test_documented_colours(self):
        plain = self.render(self.write("plain.mustache", "{{<summary}}{{/summary}}"))
        page = self.render(self.write("colours.mustache", blocks("mustache")[1]))
        self.assertEqual(set(page.split("\n")) - set(plain.split("\n")),
                         {":root { --accent: #7a1f5c; --total: #7a1f5c; }"})

    def test_built_in_templates_are_one_like_any_other(self):
        self.assert_done(self.report(self.server))
        built_in = (self.out / "summary.html").read_text(encoding="utf-8")
        page = self.render(harness.SOURCE / "templates" / "summary.mustache")
        self.assertEqual(*(re.sub("Made on [^<]*", "", text) for text in (built_in, page)))

    def test_partials_come_from_the_folder_first(self):
        self.write("mine/footer.mustache", "the footer of {{text.report.title}}\n")
        main = self.write("mine/main.mustache", "{{> footer}}\n{{> table}}\n{{> tiles}}\n")
        page = self.render(main, "--lang", "de")
        self.assertIn("the footer of Kontaktbericht\n", page)
        self.assertIn('<dl class="tiles">', page)
        self.assertNotIn("<footer>", page)

    def test_names_are_escaped(self):
        page = self.render(self.write("t.mustache", "{{#countries.rows}}{{name}}\n{{/countries.rows}}"))
        self.assertIn("&lt;/td&gt;&lt;script&gt;", page)
        self.assertNotIn("<script>", page)

    def test_from_a_definition(self):
        template = self.write("t.mustache", "{{lang}}: {{figure.contacts.contacts_text}}")
        definition = self.write("d.json", f'{{"lang": "zh_TW", "template": "{template}"}}')
        self.assert_done(self.report(self.server, definition))
        self.assertEqual((self.out / "summary.html").read_text(encoding="utf-8"), "zh-Hant: 47")

    def test_errors_name_the_place(self):
        self.write("secret.mustache", "secret")
        self.write("sub/inner.mustache", "line\n  {{/odd}}")
        (self.folder / "sub" / "link.mustache").symlink_to(self.folder / "secret.mustache")
        for text, needles in (("<p>\n  {{#open}}\n", ("main.mustache:2:3:", "open")),
                              ("{{> nowhere}}", ("main.mustache:1:1:", "nowhere")),
                              ("é{{> ../secret}}", ("main.mustache:1:2:", "outside its folder")),
                              ("\n\n {{> link}}", ("main.mustache:3:2:", "is a link")),
                              ("{{> inner}}", ("inner.mustache:2:3:", "odd"))):
            with self.subTest(text):
                self.refused(self.write("sub/main.mustache", text), *needles)

    def test_file_that_cannot_be_read(self):
        self.refused(self.folder / "none.mustache", "none.mustache", "No such file")
        self.refused(self.folder, "plain file")
        self.refused(self.folder / "none" / "t.mustache", "No such file")


if __name__ == "__main__":
    harness.main()
