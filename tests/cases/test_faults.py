"""Temporary faults: the run takes longer and sends a few more requests, and its outputs are the same."""

import re
import socket

import harness

CONTACTS = ("--contacts", "300", "--seed", "9")  # 20 pages
PAGES = 20


class Healing(harness.Case):
    expected = None

    def outputs(self):
        """Everything except the ledger's requests and the times."""
        summary = harness.read_summary(self.out)
        for key in ("generated_at", "source", "completeness"):
            del summary[key]
        files = {name: (self.out / name).read_bytes() for name in harness.OUTPUTS if name.endswith(".csv")}
        return summary, files

    def expect(self):
        if Healing.expected is None:
            with harness.Server(*CONTACTS) as server:
                self.assert_done(self.report(server))
            Healing.expected = self.outputs()
        return Healing.expected

    def heals(self, *faults, server=(), arguments=(), most=2 * PAGES):
        expected = self.expect()
        rules = [part for fault in faults for part in ("--fault", fault)]
        with harness.Server(*CONTACTS, *server, *rules) as sandbox:
            run = self.assert_done(self.report(sandbox, *arguments))
            told = sandbox.requests()
        self.assertEqual(self.outputs(), expected)
        self.assertEqual(harness.read_summary(self.out)["completeness"]["status"], "complete")
        # libcurl itself repeats a request on a kept connection that was reset; rollcall does not count that
        self.assertLessEqual(harness.read_summary(self.out)["completeness"]["requests"], told["requests"])
        self.assertGreaterEqual(told["requests"], PAGES)
        self.assertLessEqual(told["requests"], most)
        self.assertEqual(told["refused"], 0)
        return run


class Faults(Healing):
    def test_a_page_that_fails(self):
        for fault in ("status 503", "status 500", "status 502 body=<html>", "status 408", "status 429 retry-after=1",
                      "status 503 retry-after=date+1", "reset", "cut 100", "length 100", "length 1000000", "garbage", "html",
                      "payload-null", 'status 200 body={"message":"busy"}'):
            with self.subTest(fault):
                self.heals(f"page=7 times=1: {fault}")

    def test_byte_order_marks(self):
        self.heals("always: byte-order-mark")

    def test_a_page_that_fails_again_and_again(self):
        self.heals("page=7 times=3: status 503")

    def test_the_first_page_fails(self):
        for fault in ("status 503", "reset", "garbage"):
            with self.subTest(fault):
                self.heals(f"page=1 times=1: {fault}")

    def test_the_last_page_fails(self):
        for fault in ("status 503", "cut 40"):
            with self.subTest(fault):
                self.heals(f"page={PAGES} times=1: {fault}")

    def test_many_fail(self):
        self.heals("every=5: status 503", "every=7: reset", "every=11: garbage", most=4 * PAGES)

    def test_every_other_page_fails_once(self):
        """Each in another way: with so many mishaps the pages wait for each other's answers, never for each other's time."""
        ways = ("status 500", "status 503 retry-after=1", "status 429 retry-after=date+2", "reset")
        run = self.heals(*(f"page={page} times=1: {ways[page // 2 % 4]}" for page in range(2, PAGES + 1, 2)),
                         arguments=("--verbose",), most=2 * PAGES)
        self.assertNotIn("attempt 3", run.err)

    def test_chance(self):
        self.heals("chance=20 seed=3: status 503", most=2 * PAGES)

    def test_a_slow_page(self):
        self.heals("page=3 times=1: stall 3000", arguments=("--timeout", "1"))

    def test_a_date_by_the_servers_clock(self):
        """Years ahead of ours: it is compared with the answer's own Date."""
        self.heals("page=3 times=1: status 429", "page=3 times=1: header Date Tue, 01 Jan 2030 00:00:00 GMT",
                   "page=3 times=1: header Retry-After Tue, 01 Jan 2030 00:00:01 GMT")

    def test_a_fraction_of_a_second(self):
        self.heals("page=3 times=1: status 503", "page=3 times=1: header Retry-After 0.5")

    def test_one_connection(self):
        self.heals("every=6: status 503", arguments=("--connections", "1"))

    def test_attempts_are_shown(self):
        run = self.heals("page=7 times=1: status 503", arguments=("--verbose",))
        self.assertRegex(run.err, r"page=7&.*: 503, \d+ bytes, \d+ ms\n")
        self.assertRegex(run.err, r"page=7&.*: 200, \d+ bytes, \d+ ms \(attempt 2\)\n")

    def test_not_more_often_than_told(self):
        with harness.Server(*CONTACTS, "--fault", "page=7: status 503") as server:
            run = self.report(server, "--retries", "2")
            self.assert_failed(run, 4, "after 3 attempts", "page 7", "503")
            self.assertLessEqual(server.requests()["requests"], PAGES + 5)
        self.assert_only_partial_left()

    def test_what_does_not_pass_is_asked_once(self):
        for fault in ("status 404", "status 501", "redirect http://127.0.0.1:1/", "deep 1000",
                      "status 407", "header Content-Encoding x-own"):
            with self.subTest(fault), harness.Server(*CONTACTS, "--fault", f"always: {fault}") as server:
                self.assert_failed(self.report(server), 4, "page 1")
                self.assertEqual(server.requests()["requests"], 1)

    def test_bad_request_is_tried_without_page_size(self):
        with harness.Server(*CONTACTS, "--fault", "always: status 400") as server:
            self.assert_failed(self.report(server), 4, "page 1", "400")
            self.assertEqual(server.requests()["requests"], 2)


class Outages(Healing):
    """Limits, waits and outages: these take their time."""

    def test_a_rate_limit_and_chance(self):
        self.heals("chance=5 seed=2: status 503", server=("--rate", "15", "--rate-window", "fixed"), most=4 * PAGES)

    def test_a_page_that_waits_leaves_the_others_alone(self):
        """All other pages are read while one waits as long as the server asked."""
        run = self.heals("page=7 times=1: status 429 retry-after=4", arguments=("--verbose",))
        asked = re.findall(r"[?&]page=(\d+)&.*: (\d+)[,\n]", run.err)
        self.assertEqual(asked.index(("7", "200")), max(asked.index((str(page), "200")) for page in range(1, PAGES + 1)))

    def test_forbidden_for_a_while(self):
        self.heals("page=3 times=1: status 403 retry-after=1")

    def test_too_long_a_wait(self):
        with harness.Server(*CONTACTS, "--fault", "page=7: status 503 retry-after=7200") as server:
            self.assert_failed(self.report(server), 4, "page 7", "503", "; it asks for 120 minutes of rest",
                               "--resume-within 10800")
        self.assert_only_partial_left()

    def test_a_rate_limit(self):
        """The program obeys the server's Retry-After: no request comes earlier."""
        self.heals(server=("--rate", "15"), most=4 * PAGES)

    def test_an_outage(self):
        """More failures in a row than a page may have attempts, at the start and in the middle."""
        for when in ("times=6", "after=6 times=12"):
            for fault in ("status 502", "reset"):
                with self.subTest(when=when, fault=fault):
                    self.heals(f"{when}: {fault}", arguments=("--retries", "1"), most=3 * PAGES)

    def test_nobody_listens_yet(self):
        """The server starts when the program has already been refused."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        process = self.start("report", "--base-url", f"http://127.0.0.1:{port}", "-o", self.out, "--as-of", harness.AS_OF,
                             "--retries", "0", "--verbose")
        told = iter(process.stderr.readline, "")
        self.assertTrue(any("GET" in line for line in told))
        with harness.Server(*CONTACTS, "--port", port):
            out, err = process.communicate(timeout=harness.HANG_S)
        self.assert_done(harness.Run(process.returncode, out, err))
        self.assertEqual(harness.read_summary(self.out)["completeness"]["status"], "complete")

    def test_the_end_of_patience(self):
        for fault in ("status 502", "status 503", "reset", "stall 60000"):
            with self.subTest(fault), harness.Server(*CONTACTS, "--fault", f"after=4: {fault}") as server:
                run = self.report(server, "--retries", "100", "--patience", "2", "--timeout", "1")
                self.assertEqual(run.code, 4, run)
                self.assertIn("nothing succeeded for", run.err)
                self.assertLessEqual(server.requests()["requests"], 4 + 8 + 8)
            self.assert_only_partial_left()

    def test_no_patience(self):
        with harness.Server(*CONTACTS, "--fault", "always: status 502") as server:
            self.assert_failed(self.report(server, "--retries", "1", "--patience", "0"), 4, "after 2 attempts", "502")
            self.assertEqual(server.requests()["requests"], 2)

    def test_a_name_that_does_not_exist(self):
        """That does not pass, however much patience there is."""
        run = self.rollcall("report", "--base-url", "https://host.invalid", "-o", self.out)
        self.assert_failed(run, 4, "after 3 attempts", "host.invalid")


if __name__ == "__main__":
    harness.main()
