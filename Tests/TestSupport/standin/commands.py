"""The cloud commands against the stand-in: outputs, exit statuses, kill -9. Needs SLUICE, the path of the built command."""

import hashlib
import http.server
import json
import os
import random
import signal
import ssl
import subprocess
import threading
import time
import unittest
import urllib.request

import session

FIELDS = ["task", "state", "format", "target", "progress", "backup_set", "created", "export_bytes", "import_bytes", "region"]


class Commands(session.Session):
    size = 30_000_000

    def assert_right(self, name):
        with open(self.path(name), "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        self.assertEqual(hashlib.sha256(random.Random(1).randbytes(self.size)).hexdigest(), digest)

    # The story.

    def test_from_instance_to_verified_file(self):
        backup_set, _ = self.run_sluice(0, "backup", "--instance", "rm-example", "--wait", "--every", "1s")
        self.assertEqual("146000", backup_set)
        task, note = self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", backup_set)
        self.assertTrue(task.startswith("dt-"))
        self.assertIn("created", note)
        again, note = self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", backup_set)
        self.assertEqual(task, again)
        self.assertIn("found", note)
        out, _ = self.run_sluice(0, "wait", task, "--instance", "rm-example", "--every", "1s", "--json")
        self.assertEqual("finished", json.loads(out)["state"])
        self.behave(cuts=[5_000_000], kill_links_after_cut=True)
        out, note = self.run_sluice(0, "fetch", task, "--output", "a.tar.gz", "--json")
        report = json.loads(out)
        self.assertEqual(("crc64", self.size, self.record()["crc64"]), (report["verified_by"], report["bytes"], report["crc64"]))
        self.assertIn("checksum right", note)
        self.assert_right("a.tar.gz")

    def test_the_sample_program(self):
        self.behave(states=["finished"])
        program = os.path.join(os.path.dirname(session.SLUICE), "sample-fetch")
        for origin in ("created", "found"):
            process = subprocess.run(
                [program, "rm-example", "146005", self.path("shop.tar.gz")], text=True, capture_output=True,
                env={"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret",
                     "ALIBABA_CLOUD_ENDPOINT": self.address})
            self.assertIn(origin, process.stdout)
        self.assertIn("the file exists", process.stdout)
        self.assert_right("shop.tar.gz")

    def test_json_fields_are_the_contract(self):
        task = self.finished_task()
        shown, _ = self.run_sluice(0, "show", task, "--instance", "rm-example", "--json")
        self.assertEqual(FIELDS, list(json.loads(shown)))
        listed, _ = self.run_sluice(0, "list", "--instance", "rm-example", "--json", "--type", "full", "--order", "asc")
        self.assertEqual([task], [json.loads(line)["task"] for line in listed.splitlines()])
        human, _ = self.run_sluice(0, "list", "--instance", "rm-example")
        self.assertIn(task, human)

    def test_failed_and_expired_end_with_69_and_say_which(self):
        for state in ("failed", "expired"):
            self.behave(states=["initializing", state])
            task, _ = self.run_sluice(0, "create", "--instance", f"rm-{state}", "--backup-set", "1")
            out, err = self.run_sluice(69, "wait", task, "--instance", f"rm-{state}", "--every", "1s", "--json")
            self.assertEqual(state, json.loads(out)["state"])
            self.assertIn(state, err)
            self.behave(states=["finished"])
            if state == "failed":
                _, err = self.run_sluice(69, "create", "--instance", f"rm-{state}", "--backup-set", "1", )
                self.assertIn("--retry-failed", err)
                self.run_sluice(0, "create", "--instance", f"rm-{state}", "--backup-set", "1", "--retry-failed")
                self.run_sluice(0, "wait", task, "--instance", f"rm-{state}", "--every", "1s")

    def test_exit_statuses(self):
        task = self.finished_task()
        self.run_sluice(64, "create", "--instance", "rm-example")
        self.run_sluice(64, "create", "--instance", "rm-example", "--backup-set", "1", "--at", "2026-01-02")
        self.run_sluice(64, "show", "dt-1")
        self.run_sluice(64, "fetch", "http://example.com:80/a", "--output", "b", cloud=False)
        self.run_sluice(69, "show", "dt-none", "--instance", "rm-example")
        self.run_sluice(77, "list", "--instance", "rm-example", ALIBABA_CLOUD_ACCESS_KEY_SECRET="wrong")
        self.run_sluice(77, "list", "--instance", "rm-example", ALIBABA_CLOUD_ACCESS_KEY_ID="",
                        ALIBABA_CLOUD_ECS_METADATA_DISABLED="true")
        self.behave(states=["running"])
        waiting, _ = self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", "2")
        self.behave(states=["running", "running"])
        self.run_sluice(75, "wait", waiting, "--instance", "rm-example", "--every", "1s", "--timeout", "2s")
        self.behave(lies=[{"action": "*", "lie": "throttle"}] * 5)
        _, err = self.run_sluice(75, "list", "--instance", "rm-example")
        self.assertIn("Throttling.User", err)
        self.run_sluice(73, "fetch", task, "--output", "no/such/folder/a")
        with open(self.path("mine"), "w") as file:
            file.write("mine")
        self.run_sluice(73, "fetch", task, "--output", "mine")
        self.behave(crc="wrong")
        self.run_sluice(65, "fetch", task, "--output", "damaged")
        self.assertFalse(os.path.exists(self.path("damaged")))

    def test_control_characters_never_reach_a_terminal(self):
        ugly, shown = "Bad\x1b[2J\x9b\u202e\nsluice: all is well", "Bad\\u{1B}[2J\\u{9B}\\u{202E}\\u{A}sluice: all is well"
        for words in (["list"], ["list", "--json"], ["list", "-v"]):
            self.behave(lies=[{"action": "*", "lie": ugly}])
            out, err = self.run_sluice(69, *words, "--instance", "rm-example")
            self.assertIn(shown, err)
            self.assertFalse(set(out + err) & set("\x1b\x9b\u202e"))
        _, err = self.run_sluice(69, "show", f"dt-{ugly}", "--instance", "rm-example")
        self.assertFalse(set(err) & set("\x1b\x9b\u202e"))
        self.assertEqual(1, len(err.splitlines()))

    def test_classic(self):
        task, _ = self.run_sluice(0, "create", "--classic", "full", "--backup-set", "full1", "--format", "json")
        out, _ = self.run_sluice(0, "wait", task, "--every", "1s", "--json")
        self.assertEqual(("finished", "json"), (json.loads(out)["state"], json.loads(out)["format"]))
        self.behave(cuts=[1_000_000], kill_links_after_cut=True)
        self.run_sluice(0, "fetch", task, "--output", "classic.tar.gz")
        self.assert_right("classic.tar.gz")
        self.run_sluice(0, "create", "--classic", "incremental", "--backup-job", "job1", "--backup-set", "mysql-bin.000054")

    # Fetching.

    def test_kill_at_any_moment_and_the_next_run_goes_on(self):
        task = self.finished_task()
        for parallel in ("1", "2"):
            name, kills, rng = f"killed{parallel}", 0, random.Random(7)
            self.behave(trickle=20_000_000)
            for _ in range(6):
                process = self.start("fetch", task, "--output", name, "--parallel", parallel)
                self.wait_until(lambda: self.size_of(name + ".partial") > 0 or process.poll() is not None)
                time.sleep(rng.random() * 0.2)
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += process.returncode == -signal.SIGKILL
                self.assertEqual(process.returncode != 0, not os.path.exists(self.path(name)))
                places = self.places(name)
                if places is None or process.returncode == 0:
                    continue
                # The next run asks for the very next byte of each range.
                before = len(self.record()["requests"])
                process = self.start("fetch", task, "--output", name, "--parallel", parallel)
                self.wait_until(lambda: len(self.record()["requests"]) >= before + len(places) or process.poll() is not None)
                asked = {int(r["range"][6:].split("-")[0]) for r in self.record()["requests"][before:]}
                process.kill()
                process.communicate()
                self.assertEqual(set(places), asked)
            self.assertGreater(kills, 0)
            self.behave(trickle=0)
            self.run_sluice(0, "fetch", task, "--output", name, "--parallel", parallel)
            self.assert_right(name)
            self.assertEqual([name], [n for n in os.listdir(self.folder.name) if n.startswith(name)])

    def places(self, name):
        """The next byte of each unfinished range, by what lies on disk; None before there is anything."""
        try:
            with open(self.path(name + ".partial.state")) as file:
                text = file.read()
        except FileNotFoundError:
            return None
        ranges = [list(map(int, line.split()[1:])) for line in text.splitlines() if line.startswith("range")]
        if not ranges:
            return None
        if len(ranges) == 1:
            ranges[0][2] = os.path.getsize(self.path(name + ".partial"))
        return [place for _, end, place in ranges if place < end]

    def test_interrupt_ends_with_130_and_keeps_what_is_there(self):
        task = self.finished_task()
        self.behave(trickle=2_000_000)
        process = self.start("fetch", task, "--output", "a")
        self.wait_until(lambda: self.size_of("a.partial") > 0)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual(130, process.returncode)
        kept = os.path.getsize(self.path("a.partial"))
        self.behave(trickle=0)
        out, _ = self.run_sluice(0, "fetch", task, "--output", "a", "--json")
        self.assertEqual(self.size - kept, json.loads(out)["fetched_bytes"])

    def test_a_link_from_standard_input(self):
        task = self.finished_task()
        url = self.link(task)
        self.run_sluice(0, "fetch", "-", "--output", "a", "-v", stdin=url + "\n", cloud=False)
        self.assert_right("a")
        self.behave(generation=9)
        _, err = self.run_sluice(69, "fetch", url, "--output", "b", "-v", cloud=False)
        self.assertIn("Request has expired.", err)

    def test_nothing_secret_is_left_behind(self):
        task = self.finished_task()
        self.behave(cuts=[1000], kill_links_after_cut=True, lies=[{"action": "*", "lie": "html-500"}])
        process = self.start("fetch", task, "--output", "a", "-v")
        _, err = process.communicate(timeout=60)
        self.assertIn("connecting again", err)
        self.behave(trickle=1_000_000)
        process = self.start("fetch", task, "--output", "b", "-v")
        self.wait_until(lambda: self.size_of("b.partial") > 0)
        process.kill()
        err += process.communicate()[1]
        with open(self.path("b.partial.state")) as file:
            err += file.read()
        for secret in ("Signature", "Generation=", "testsecret", "storeid"):
            self.assertNotIn(secret, err)

    def test_a_full_disk_ends_with_75_and_keeps_what_is_there(self):
        task, small = self.finished_task(), self.path("small")
        os.mkdir(small)
        mount = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=5m none "$0" && cd "$0" && "$@"; '
                 'status=$?; stat -c %s a.partial >&2; exit $status', small]
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
            self.skipTest("no mounts of one's own here")
        _, err = self.run_sluice(75, "fetch", task, "--output", "a", through=mount)
        self.assertIn("the disk is full", err)
        self.assertGreater(int(err.splitlines()[-1]), 4_000_000)

    def test_ipv6(self):
        self.address = self.serve("--host", "::1", *self.standin_arguments())
        self.run_sluice(0, "fetch", self.finished_task(), "--output", "a")
        self.assert_right("a")

    def test_tls_trusts_the_certificates_of_the_system_and_no_others(self):
        certificate, system = self.path("certificate"), "/etc/ssl/certs/ca-certificates.crt"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", certificate, "-out", self.path("public")],
            check=True, capture_output=True)
        with open(self.path("public")) as public, open(certificate, "a") as both:
            both.write(public.read())
        self.address = self.serve("--certificate", certificate, *self.standin_arguments())
        _, err = self.run_sluice(75, "list", "--instance", "rm-example")
        self.assertIn("certificate", err.lower())
        # Where this is allowed, the same with the certificate among the system's, in a view of the files of its own.
        with open(self.path("trusted"), "w") as trusted, open(system) as others, open(self.path("public")) as public:
            trusted.write(others.read() + public.read())
        mount = ["unshare", "--mount", "sh", "-c", f'mount --bind "$0" {system} && exec "$@"', self.path("trusted")]
        if subprocess.run([*mount, "true"], capture_output=True).returncode == 0:
            trust = ssl.create_default_context(cafile=self.path("public"))
            self.open = lambda *what: urllib.request.urlopen(*what, context=trust)
            self.behave(states=["finished"], cuts=[5_000_000])
            task, _ = self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", "1", through=mount)
            self.run_sluice(0, "fetch", task, "--output", "a", through=mount)
            self.assert_right("a")
            self.assertEqual(self.size, self.record()["served"])

    def test_proxy_of_the_environment_is_used(self):
        asked = []

        class Proxy(http.server.BaseHTTPRequestHandler):
            def do_CONNECT(self):
                asked.append(self.path)
                self.send_error(502)

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Proxy)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        process = self.start("list", "--instance", "rm-example", "--region", "cn-hangzhou", cloud=False,
                             https_proxy=f"http://127.0.0.1:{server.server_port}")
        _, err = process.communicate(timeout=60)
        server.shutdown()
        server.server_close()
        self.assertEqual(75, process.returncode, err)
        self.assertIn("dbs-api.cn-hangzhou.aliyuncs.com:443", asked)

    def test_help_teaches(self):
        for command in ("backup", "create", "list", "show", "wait", "fetch", "run", "binlogs"):
            out, _ = self.run_sluice(0, command, "--help", cloud=False)
            self.assertIn(f"sluice {command} ", out.split("USAGE")[0])
        out, _ = self.run_sluice(0, "--generate-completion-script", "bash", cloud=False)
        self.assertIn("--link-lifetime", out)


if __name__ == "__main__":
    unittest.main()
