"""`sluice run` against the stand-in: the bytes of fetch and convert, whatever happens on the way. Needs SLUICE, the path of the command."""

import json
import os
import random
import signal
import subprocess
import time
import unittest

import session
import shop


class Runs(session.Session):
    entries = shop.files()
    archive = shop.CONTAINERS["tar.gz"](entries)

    def standin_arguments(self):
        return ["--object", self.put(self.archive)]

    def put(self, archive):
        with open(self.path("object"), "wb") as file:
            file.write(archive)
        return self.path("object")

    def setUp(self):
        super().setUp()
        self.task = self.finished_task()

    # What is compared.

    def run_words(self, output, *more):
        return ("run", self.task, "--instance", "rm-example", "--output", output, "--every", "1s", *more)

    def tree(self, folder):
        """Relative path → bytes; of the manifest only what does not depend on time, of a killed run not its lock."""
        found = {}
        for place, _, names in os.walk(self.path(folder)):
            for name in set(names) - {".sluice.lock"}:
                with open(os.path.join(place, name), "rb") as file:
                    content = file.read()
                if name == "_manifest.json":
                    content = json.loads(content)
                    for timed in ("seconds", "spool"):
                        content["source"].pop(timed)
                found[os.path.relpath(os.path.join(place, name), self.path(folder))] = content
        return found

    def undisturbed(self, *options):
        """What fetch and then convert make."""
        if not os.path.exists(self.path(self.task)):
            self.run_sluice(0, "fetch", self.task, "--output", self.task)
        name = f"undisturbed{len(os.listdir(self.folder.name))}"
        self.run_sluice(0, "convert", self.task, "--output", name, *options, cloud=False)
        return self.tree(name)

    def assert_whole(self, output, *options):
        whole = self.tree(output)
        self.assertIn("_SUCCESS", whole)
        self.assertEqual(self.undisturbed(*options), whole)

    def assert_same_rows(self, output):
        """For structures after the data: a file is looked through first, so that its tables are known in another order."""
        whole, expected = self.tree(output), self.undisturbed()
        for tree in (whole, expected):
            tree.pop("_manifest.json")
        self.assertEqual(expected, whole)

    def assert_nothing_looks_complete(self, output):
        names = {os.path.basename(path) for path in self.tree(output)}
        self.assertNotIn("_SUCCESS", names)
        self.assertFalse([name for name in names if name.startswith("part-") and not name.endswith(".partial")])
        if "_manifest.json" in names:
            self.assertFalse(self.tree(output)["_manifest.json"]["complete"])

    def written(self, output):
        """Bytes of unfinished parts. The run continues meanwhile: a name seen may be gone before it is asked."""
        return sum(self.size_of(os.path.join(place, name))
                   for place, _, names in os.walk(self.path(output)) for name in names if name.endswith(".partial"))

    # What it makes.

    def test_the_bytes_of_fetch_and_convert(self):
        for number, options in enumerate([(), ("--compress", "gzip", "--part-size", "1000000"), ("--tag", "t", "--types", "text", "--jobs", "1"),
                                          ("--table", "shop.p*", "--json", "string", "--commit", "table")]):
            self.run_sluice(0, *self.run_words(f"lake{number}", *options))
            self.assert_whole(f"lake{number}", *options)

    def test_structures_behind_the_data(self):
        self.address = self.serve("--object", self.put(shop.CONTAINERS["tar.gz"](shop.files(late=True))))
        self.task = self.finished_task()
        _, err = self.run_sluice(0, *self.run_words("lake"))
        self.assertIn("waited on disk", err)
        self.assert_same_rows("lake")

    def test_it_waits_for_the_task(self):
        self.behave(states=["initializing", "Queuing", "running", "running", "finished"])
        self.task, _ = self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", "2")
        _, err = self.run_sluice(0, *self.run_words("lake"))
        self.assertEqual(["queueing", "running", "finished"], [line.split()[1] for line in err.splitlines() if line.startswith("dt-")])
        self.assert_whole("lake")

    def test_no_second_copy_on_disk(self):
        self.run_sluice(0, *self.run_words("lake"))
        self.assertEqual({"lake", "object"}, set(os.listdir(self.folder.name)))
        self.assertEqual(len(self.archive), self.record()["served"])

    def test_report_and_events(self):
        out, err = self.run_sluice(0, *self.run_words("lake", "--json", "--events", "events", "-q"))
        self.assertEqual("", err)
        self.assertEqual((True, 40_002), (json.loads(out)["complete"], sum(table["rows"] for table in json.loads(out)["tables"])))
        with open(self.path("events")) as events:
            names = [json.loads(line)["event"] for line in events]
        self.assertEqual(("start", "complete"), (names[0], names[-1]))
        out, err = self.run_sluice(0, *self.run_words("talkative", "-v", "--progress", "never"))
        self.assertEqual("", out)
        self.assertIn("shop.orders  40000 rows", err)

    def test_rejected_rows_end_with_2(self):
        entries = self.entries + [("shop/people/data/2.csv", b"3,\"Eve\",9\n4,\"Zoe\"\n")]
        self.address = self.serve("--object", self.put(shop.CONTAINERS["tar.gz"](entries)))
        self.task = self.finished_task()
        self.run_sluice(65, *self.run_words("strict"))
        self.assert_nothing_looks_complete("strict")
        self.run_sluice(2, *self.run_words("lake", "--rejects", "bad"))
        self.assertIn("_SUCCESS", self.tree("lake"))
        with open(self.path("bad")) as bad:
            self.assertEqual(1, len(bad.readlines()))

    def test_classic(self):
        self.task, _ = self.run_sluice(0, "create", "--classic", "full", "--backup-set", "full1")
        self.behave(cuts=[1_000_000], kill_links_after_cut=True)
        self.run_sluice(0, "run", self.task, "--output", "lake", "--every", "1s")
        self.assert_whole("lake")

    def test_an_incremental_set_has_the_name_of_its_log(self):
        task, _ = self.run_sluice(
            0, "create", "--classic", "incremental", "--backup-job", "job1", "--backup-set", "mysql-bin.000054")
        self.run_sluice(0, "run", task, "--output", "lake", "--every", "1s")
        with open(self.path("lake/_manifest.json")) as manifest:
            self.assertEqual(["mysql-bin.000054"], json.load(manifest)["source"]["inputs"])

    def test_the_sample_program(self):
        self.behave(cuts=[1_000_000], kill_links_after_cut=True)
        program = os.path.join(os.path.dirname(session.SLUICE), "sample-run")
        keys = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"}
        process = subprocess.run([program, "rm-example", self.task, self.path("lake")], text=True, capture_output=True,
                                 env={"ALIBABA_CLOUD_ENDPOINT": self.address, **keys})
        self.assertIn(f"40002 rows of 2 tables from {len(self.archive)} bytes", process.stdout, process.stderr)
        self.assert_whole("lake")

    # The line breaks.

    def test_cut_connections_and_dead_links_cost_no_byte_twice(self):
        for kills in (False, True):
            before, output = self.record()["served"], f"lake{kills}"
            self.behave(cuts=[1, 300_000, 1_000_000], kill_links_after_cut=kills, store_errors=1)
            _, err = self.run_sluice(0, *self.run_words(output, "-v"))
            self.assertIn("asking for another" if kills else "connecting again", err)
            self.assertEqual(len(self.archive), self.record()["served"] - before)
            self.assert_whole(output)

    def test_every_call_and_every_connection_may_fail_once(self):
        before = len(self.record()["calls"])
        self.run_sluice(0, *self.run_words("lake"))
        calls, expected, faults = len(self.record()["calls"]) - before, self.undisturbed(), 0
        self.assertGreater(calls, 1)
        troubles = [{"lies": [{"action": "*", "lie": lie, "after": number}]} for lie in ("cut", "html-500", "throttle") for number in range(calls)]
        troubles += [{"cuts": [place]} for place in range(0, len(self.archive), len(self.archive) // 16)]
        troubles += [{"cuts": [place, 0, 1], "kill_links_after_cut": True} for place in range(5, len(self.archive), len(self.archive) // 8)]
        for trouble in troubles:
            self.behave(**trouble)
            self.run_sluice(0, *self.run_words("lake", "--overwrite"))
            self.assertEqual(expected, self.tree("lake"), trouble)
            self.assertEqual([], self.record()["unused"], trouble)
            self.behave(kill_links_after_cut=False)
            faults += 1
        self.assertGreater(faults, 25)

    def test_a_line_that_stays_dead_ends_with_75_and_the_next_run_makes_it(self):
        self.behave(trickle=2_000_000, cuts=[700_000])
        process = self.start(*self.run_words("lake"))
        self.wait_until(lambda: self.written("lake") > 50_000 or process.poll() is not None)
        self.behave(page="text/html")
        _, err = process.communicate(timeout=60)
        self.assertEqual(75, process.returncode, err)
        self.assert_nothing_looks_complete("lake")
        self.behave(page="", trickle=0)
        self.run_sluice(0, *self.run_words("lake"))
        self.assert_whole("lake")

    def test_a_link_of_ones_own_lives_as_long_as_it_lives(self):
        self.behave(cuts=[1_000_000], kill_links_after_cut=True)
        _, err = self.run_sluice(69, "run", "-", "--output", "lake", stdin=self.link(self.task), cloud=False)
        self.assertIn("Request has expired.", err)
        self.assert_nothing_looks_complete("lake")
        self.behave(generation=3)
        self.run_sluice(0, "run", "-", "--output", "lake", stdin=self.link(self.task, 3), cloud=False)
        whole, expected = self.tree("lake"), self.undisturbed()
        self.assertEqual(["_SUCCESS", "_manifest.json", "shop/orders/part-00000.ndjson", "shop/people/part-00000.ndjson"], sorted(whole))
        self.assertEqual(expected["shop/orders/part-00000.ndjson"], whole["shop/orders/part-00000.ndjson"])

    # What is never called complete.

    def test_a_wrong_checksum_is_65_in_every_container(self):
        # More than waits between the network and the reader, so that only who reads to the very end learns of it.
        long = shop.files(190_000)
        tree = [("readme.md", random.Random(9).randbytes(6 << 20))] + shop.files(1000)
        for name, pack in shop.CONTAINERS.items():
            with self.subTest(name):
                packed = pack(tree if name.startswith(("tar", "zip")) else long)
                self.assertGreater(len(packed), 5 << 20)
                self.address = self.serve("--object", self.put(packed))
                self.task, output = self.finished_task(), name.replace(" ", "-")
                self.behave(crc="wrong")
                _, err = self.run_sluice(65, *self.run_words(output))
                self.assertIn("checksum", err)
                self.assert_nothing_looks_complete(output)
                self.behave(crc="right")
                self.run_sluice(0, *self.run_words(output, "--overwrite"))
                self.assertIn("_SUCCESS", self.tree(output))

    def test_a_changed_object_is_65(self):
        self.behave(trickle=2_000_000, cuts=[700_000])
        process = self.start(*self.run_words("lake"))
        self.wait_until(lambda: self.written("lake") > 100_000 or process.poll() is not None)
        self.behave(etag="E2")
        _, err = process.communicate(timeout=60)
        self.assertEqual(65, process.returncode, err)
        self.assert_nothing_looks_complete("lake")

    def test_damaged_bytes_are_65(self):
        damaged = bytearray(self.archive)
        damaged[len(damaged) // 2] ^= 8
        self.address = self.serve("--object", self.put(damaged))
        self.task = self.finished_task()
        self.run_sluice(65, *self.run_words("lake"))
        self.assert_nothing_looks_complete("lake")

    # What the service and the arguments say.

    def test_failed_and_expired_end_with_69(self):
        for state in ("expired", "failed"):  # a failed one blocks the next
            self.behave(states=["initializing", state])
            task, _ = self.run_sluice(0, "create", "--instance", f"rm-{state}", "--backup-set", "1")
            _, err = self.run_sluice(69, "run", task, "--instance", f"rm-{state}", "--output", "lake", "--every", "1s")
            self.assertIn(state, err)
            self.assertFalse(os.path.exists(self.path("lake")))

    def test_exit_statuses(self):
        self.run_sluice(64, "run", self.task)
        self.run_sluice(64, "run", self.task, "--output", "-")
        self.run_sluice(64, *self.run_words("lake", "--max-rejects", "1"))
        self.run_sluice(64, *self.run_words("lake", "--link-lifetime", "1s"))
        self.run_sluice(64, "run", "http://example.com:80/a", "--output", "lake", cloud=False)
        _, err = self.run_sluice(69, "run", "dt-none", "--output", "lake")
        self.assertIn("--instance", err)
        self.run_sluice(73, "run", self.task, "--output", "object/lake")
        self.run_sluice(77, *self.run_words("lake"), ALIBABA_CLOUD_ACCESS_KEY_SECRET="wrong")
        self.assertEqual([], os.listdir(self.path("lake")) if os.path.exists(self.path("lake")) else [])
        self.run_sluice(0, "run", self.task, "--output", "lake")
        self.behave(states=["running", "running"])
        waiting, _ = self.run_sluice(0, "create", "--instance", "rm-other", "--backup-set", "9")
        self.run_sluice(75, "run", waiting, "--instance", "rm-other", "--output", "late", "--every", "1s", "--timeout", "2s")

    def test_an_output_that_is_taken_is_73_before_anything_is_asked(self):
        os.mkdir(self.path("mine"))
        with open(self.path("mine/file"), "w") as file:
            file.write("mine")
        calls = len(self.record()["calls"])
        self.run_sluice(73, *self.run_words("mine"))
        self.assertEqual(["file"], os.listdir(self.path("mine")))
        self.assertEqual(calls, len(self.record()["calls"]))
        self.run_sluice(0, *self.run_words("lake"))
        _, err = self.run_sluice(73, *self.run_words("lake"))
        self.assertIn("finished", err)
        self.assert_whole("lake")
        self.run_sluice(0, *self.run_words("lake", "--overwrite", "--compress", "zstd"))
        self.assert_whole("lake", "--compress", "zstd")

    # Interrupted, killed, and begun again.

    def killed(self, output, number, after=50_000, words=(), written=None):
        """A run that gets a signal when so many bytes are written; its exit status."""
        self.behave(trickle=4_000_000)
        process = self.start(*self.run_words(output, *words))
        self.wait_until(lambda: (written or self.written)(output) > after or process.poll() is not None)
        process.send_signal(number)
        process.communicate(timeout=60)
        self.behave(trickle=0)
        return process.returncode

    def test_interrupts_end_with_130_and_the_same_command_goes_on(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            output = f"lake{number}"
            self.assertEqual(130, self.killed(output, number))
            self.assert_nothing_looks_complete(output)
            self.run_sluice(0, *self.run_words(output))
            self.assert_whole(output)

    def test_an_interrupt_while_it_waits_leaves_nothing(self):
        self.behave(states=["running", "running"])
        task, _ = self.run_sluice(0, "create", "--instance", "rm-other", "--backup-set", "2")
        process = self.start("run", task, "--instance", "rm-other", "--output", "lake")
        self.assertIn("running", process.stderr.readline())
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
        self.assertEqual(130, process.returncode, err)
        self.assertFalse(os.path.exists(self.path("lake")))

    def test_kill_at_any_moment_and_the_same_command_goes_on(self):
        rng, kills = random.Random(3), 0
        for number in range(6):
            output, words = f"lake{number}", [(), ("--checkpoint-every", "0s")][number % 2]
            for _ in range(2):
                status = self.killed(output, signal.SIGKILL, after=rng.randrange(1, 3_000_000), words=words)
                kills += status == -signal.SIGKILL
                if status == 0:
                    break
                self.assert_nothing_looks_complete(output)
            if status != 0:
                self.run_sluice(0, *self.run_words(output))
            self.assert_whole(output)
        self.assertGreater(kills, 6)

    def test_what_a_checkpoint_counts_on_is_not_fetched_again(self):
        self.check_fetched_again("tar.gz", rows=190_000, after=12_000_000, spared=2 << 20)

    def test_nor_is_it_of_zstandard(self):
        self.check_fetched_again("tar.zst", rows=300_000, after=30_000_000, spared=5 << 20)

    def test_nor_is_data_that_waits_for_its_structure(self):
        copied = lambda output: self.size_of(self.path(output + "/.sluice.work/0.copy"))
        self.check_fetched_again("tar.gz", rows=500_000, after=14_000_000, spared=2 << 20, late=True, written=copied)

    def test_nor_is_data_that_has_waited(self):
        self.check_fetched_again("tar.gz", rows=60_000, after=500_000, spared=1 << 20, late=True)

    def check_fetched_again(self, container, rows, after, spared, late=False, written=None):
        """A run killed when `after` bytes are written; `spared`: the next one asks for at least so many bytes less."""
        self.archive = shop.CONTAINERS[container](shop.files(rows, late=late))
        self.address = self.serve("--object", self.put(self.archive))
        self.task = self.finished_task()
        words = ("--checkpoint-every", "0s")
        self.assertEqual(-signal.SIGKILL, self.killed("lake", signal.SIGKILL, after=after, words=words, written=written))
        self.behave(crc="wrong")
        _, err = self.run_sluice(73, *self.run_words("lake", *words))
        self.assertIn("has changed", err)
        self.behave(crc="right", cuts=[1, 10, 500_000], kill_links_after_cut=True)
        asked, before = len(self.record()["requests"]), self.record()["served"]
        self.run_sluice(0, *self.run_words("lake", *words))
        ranges = [request["range"] for request in self.record()["requests"][asked:]]
        self.assertLess(self.record()["served"] - before, len(self.archive) - spared, ranges)
        self.assert_same_rows("lake") if late else self.assert_whole("lake")

    def test_a_byte_that_came_wrong_before_the_kill_is_healed(self):
        self.archive = shop.tar(self.entries)
        self.address = self.serve("--object", self.put(self.archive))
        self.task = self.finished_task()
        self.behave(flip=self.archive.find("café".encode(), 100_000) + 2)  # an f becomes a g: a row like any other
        words = ("--checkpoint-every", "0s")
        self.assertEqual(-signal.SIGKILL, self.killed("lake", signal.SIGKILL, after=2_000_000, words=words))
        self.behave(flip=-1)
        _, err = self.run_sluice(0, *self.run_words("lake", *words))
        self.assertIn("the checksum is", err)
        self.assertIn("beginning again at the first byte", err)
        self.assert_whole("lake")

    def test_overwrite_goes_on_with_its_own_and_replaces_what_is_anothers(self):
        self.assertEqual(-signal.SIGKILL, self.killed("lake", signal.SIGKILL, words=("--overwrite",)))
        self.run_sluice(0, *self.run_words("lake", "--overwrite"))
        self.assert_whole("lake")
        self.assertEqual(-signal.SIGKILL, self.killed("other", signal.SIGKILL))
        self.run_sluice(0, *self.run_words("other", "--overwrite", "--compress", "gzip"))
        self.assert_whole("other", "--compress", "gzip")

    def test_what_differs_is_not_gone_on_with(self):
        self.assertEqual(-signal.SIGKILL, self.killed("lake", signal.SIGKILL))
        before = self.tree("lake")
        _, err = self.run_sluice(73, *self.run_words("lake", "--compress", "gzip"))
        self.assertIn("other options", err)
        mine, (self.task, _) = self.task, self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", "7")
        self.behave(etag="E2")
        _, err = self.run_sluice(73, *self.run_words("lake"))
        self.assertIn("input was another one", err)
        self.assertEqual(before, self.tree("lake"))
        self.task = mine
        self.behave(etag="E1")
        self.run_sluice(0, *self.run_words("lake"))
        self.assert_whole("lake")

    def test_traces_of_a_run_killed_at_once_are_no_obstacle(self):
        os.mkdir(self.path("lake"))
        for name in (".sluice.lock", ".sluice.run.partial"):
            open(self.path("lake/" + name), "w").close()
        self.run_sluice(0, *self.run_words("lake"))
        self.assertIn("_SUCCESS", self.tree("lake"))

    def test_two_runs_in_one_folder(self):
        self.behave(trickle=300_000)
        first = self.start(*self.run_words("lake"))
        self.wait_until(lambda: self.written("lake") > 50_000 or first.poll() is not None)
        _, err = self.run_sluice(73, *self.run_words("lake"))
        self.assertIn("another run is writing", err)
        _, err = self.run_sluice(73, *self.run_words("lake", "--overwrite"))
        self.assertIn("another run is writing", err)
        self.behave(trickle=0)
        _, err = first.communicate(timeout=60)
        self.assertEqual(0, first.returncode, err)
        self.assert_whole("lake")

    def test_a_full_disk_ends_with_75_and_room_ends_well(self):
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
            self.skipTest("no mounts of one's own here")
        small = self.path("small")
        os.mkdir(small)
        script = ('mount -t tmpfs -o size=2m none "$0" && { "$@"; first=$?; mount -o remount,size=64m "$0"; "$@"; second=$?; '
                  'cp -r "$0/lake" .; echo "$first $second" >&2; }')
        _, err = self.run_sluice(0, *self.run_words("small/lake"), through=["unshare", "--mount", "sh", "-c", script, small])
        self.assertIn("No space left on device", err)
        self.assertEqual("75 0", err.splitlines()[-1])
        self.assert_whole("lake")


if __name__ == "__main__":
    unittest.main()
