"""`sluice binlogs` against the stand-in: what is listed, what is fetched, what is refused. Needs SLUICE, the path of the built command."""

import json
import os
import random
import signal
import time
import unittest

import session
from logs import HOUR, Log, stamp, tar

PRIMARY, STANDBY = "5882781", "5882782"
LISTED = ["log", "instance", "host", "state", "begin", "end", "bytes", "crc64", "link_expires"]
FETCHED = ["log", "instance", "host", "state", "begin", "end", "file", "bytes", "fetched_bytes", "connections", "crc64",
           "verified_by", "milliseconds", "first_byte_milliseconds"]


def one(**fields):
    """A log of the primary, of the last hour."""
    return {"host": PRIMARY, "name": "mysql-bin.000054", "begin": -HOUR, "end": -1, **fields}


class Binlogs(session.Session):
    def binlogs(self, status, *arguments, **options):
        return self.run_sluice(status, "binlogs", "--instance", "rm-example", *arguments, **options)

    def names(self, *arguments):
        out, _ = self.binlogs(0, "--json", *arguments)
        return [(line["host"], line["log"]) for line in map(json.loads, out.splitlines())]

    def numbers(self, *arguments):
        return [int(name.split(".")[1]) for _, name in self.names(*arguments)]

    def assert_log(self, path, **fields):
        """The file is the log of its name."""
        with open(self.path(path), "rb") as file:
            self.assertEqual(Log(**one(name=os.path.basename(path), **fields)).bytes(), file.read())

    def files(self, folder):
        return sorted(os.path.join(at, name)[len(self.path(folder)) + 1:]
                      for at, _, names in os.walk(self.path(folder)) for name in names)

    # Listing.

    def test_the_primarys_logs_by_number(self):
        self.behave(largest_log_page=5)
        self.assertEqual([(PRIMARY, f"mysql-bin.{number:06d}") for number in range(101, 107)], self.names())
        self.assertEqual(3, sum(call["action"] == "DescribeBinlogFiles" for call in self.record()["calls"]))
        out, err = self.binlogs(0)
        self.assertEqual("LOG", out.split()[0])
        self.assertEqual(7, len(out.splitlines()))
        self.assertIn(f"left out: 6 logs of host {STANDBY}", err)
        self.assertEqual("", self.binlogs(0, "--quiet")[1])

    def test_json_fields_are_the_contract(self):
        out, _ = self.binlogs(0, "--json")
        line = json.loads(out.splitlines()[0])
        self.assertEqual(LISTED, list(line))
        self.assertEqual(("rm-example", "completed", 100_000), (line["instance"], line["state"], line["bytes"]))
        out, _ = self.binlogs(0, "--json", "--output", "logs")
        self.assertEqual([FETCHED] * 6, [list(json.loads(line)) for line in out.splitlines()])

    def test_a_window_of_time(self):
        now = time.time()
        since, until = stamp(now - 2.5 * HOUR), stamp(now - 1.5 * HOUR)
        self.assertEqual([104, 105], self.numbers("--since", since, "--until", until))
        self.assertEqual([], self.numbers("--until", stamp(now - 86400)))
        self.assertIn("no logs of rm-example", self.binlogs(0, "--until", stamp(now - 86400))[1])
        self.binlogs(64, "--since", until, "--until", since)
        self.binlogs(64, "--since", stamp(now + 60))
        self.binlogs(64, "--since", "yesterday")

    def test_other_hosts_are_asked_for(self):
        self.assertEqual([201, 202, 203, 204, 205, 206], self.numbers("--host", STANDBY))
        self.assertEqual({PRIMARY, STANDBY}, {host for host, _ in self.names("--host", "all")})
        _, err = self.binlogs(69, "--host", "7")
        self.assertIn("host 7 has no logs", err)

    def test_after_a_failover_the_new_primarys_logs_hold_all(self):
        self.behave(hosts=[STANDBY, PRIMARY])
        self.assertEqual({STANDBY}, {host for host, _ in self.names()})

    def test_a_host_that_ended_when_the_primary_began_comes_before_it(self):
        hours = [(PRIMARY, "000051", -6, -5), (PRIMARY, "000052", -5, -4), (STANDBY, "000007", -4, -2), (STANDBY, "000008", -2, 0)]
        self.behave(hosts=[STANDBY], binlogs=[
            {"host": host, "name": f"mysql-bin.{name}", "begin": begin * HOUR, "end": end * HOUR} for host, name, begin, end in hours])
        self.assertEqual([51, 52, 7, 8], self.numbers())
        self.assertIn("the primary has changed", self.binlogs(0)[1])
        self.binlogs(0, "--output", "logs")
        self.assertEqual([f"{host}/mysql-bin.{name}" for host, name, _, _ in hours], self.files("logs"))

    def test_without_leave_to_ask_for_the_primary_the_host_must_be_named(self):
        refusal = {"action": "DescribeDBInstanceHAConfig", "lie": "Request.Forbidden"}
        self.behave(lies=[refusal])
        _, err = self.binlogs(77)
        self.assertIn("--host", err)
        self.behave(lies=[refusal], hosts=[STANDBY], binlogs=[one(host="1", begin=-2 * HOUR, end=-HOUR), one(host="2")])
        self.assertEqual(["1", "2"], [host for host, _ in self.names()])

    def test_a_number_that_is_not_listed_is_named(self):
        self.behave(binlogs=[one(name="mysql-bin.000999", begin=-3 * HOUR), one(name="mysql-bin.1000000"), one(name="mysql-bin.1000002")])
        self.assertEqual([999, 1000000, 1000002], self.numbers())
        self.assertIn("no log between mysql-bin.1000000 and mysql-bin.1000002", self.binlogs(0)[1])

    def test_refusals(self):
        self.binlogs(77, ALIBABA_CLOUD_ACCESS_KEY_SECRET="wrong")
        self.behave(lies=[{"action": "*", "lie": "throttle"}] * 5)
        self.binlogs(75)
        self.behave(lies=[{"action": "*", "lie": "InvalidDBInstanceId.NotFound"}])
        _, err = self.binlogs(69)
        self.assertIn("not the service's", err)
        self.binlogs(64, "--parallel", "2")

    # Fetching.

    def test_files_have_their_names_when_verified(self):
        out, err = self.binlogs(0, "--output", "new/logs")
        names = [f"mysql-bin.{number:06d}" for number in range(101, 107)]
        self.assertEqual([f"new/logs/{name}" for name in names], out.splitlines())
        self.assertEqual(6, err.count("checksum right"))
        self.assertEqual(names, self.files("new/logs"))
        for name in names:
            self.assert_log("new/logs/" + name)
        served = self.record()["served"]
        out, err = self.binlogs(0, "--output", "new/logs", "--json")
        self.assertEqual([0] * 6, [json.loads(line)["fetched_bytes"] for line in out.splitlines()])
        self.assertEqual(served, self.record()["served"])

    def test_both_kinds_of_link(self):
        for network in ("public", "internal"):
            self.binlogs(0, "--output", network, "--network", network)
            self.assertTrue(all(f"/{network}/" in request["path"] for request in self.record()["requests"][-6:]))

    def test_hosts_have_folders_of_their_own(self):
        self.behave(binlogs=[one(), one(host=STANDBY)])
        self.binlogs(0, "--host", "all", "--output", "logs")
        self.assertEqual([f"{PRIMARY}/mysql-bin.000054", f"{STANDBY}/mysql-bin.000054"], self.files("logs"))
        self.assert_log(f"logs/{STANDBY}/mysql-bin.000054", host=STANDBY)

    def test_links_that_expire_are_asked_for_again(self):
        self.behave(link_seconds=20)  # in its last half minute a link is not used
        self.binlogs(0, "--output", "logs")
        self.assertEqual(6, len(self.files("logs")))
        self.assertEqual(7, sum(call["action"] == "DescribeBinlogFiles" for call in self.record()["calls"]))
        self.behave(link_seconds=3600, cuts=[10_000, 100_000, 70_000], kill_links_after_cut=True)
        self.binlogs(0, "--output", "others", "-v")
        self.assertEqual(6, len(self.files("others")))

    def test_a_cut_costs_no_byte_twice(self):
        self.behave(cuts=[10_000, 1, 50_000])
        self.binlogs(0, "--output", "logs")
        self.assertEqual(600_000, self.record()["served"])

    def test_kill_at_any_moment_and_the_next_run_continues(self):
        self.behave(binlogs=[one(name=f"mysql-bin.{number:06d}", size=3_000_000) for number in range(1, 5)], trickle=40_000_000)
        rng, kills = random.Random(7), 0
        for _ in range(6):
            process = self.start("binlogs", "--instance", "rm-example", "--output", "logs")
            self.wait_until(lambda: os.path.isdir(self.path("logs")) or process.poll() is not None)
            time.sleep(rng.random() * 0.3)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += process.returncode == -signal.SIGKILL
            for name in self.files("logs"):
                if name.count(".") == 1:  # final names belong to whole files
                    self.assert_log("logs/" + name, size=3_000_000)
        self.assertGreater(kills, 0)
        self.behave(trickle=0)
        self.binlogs(0, "--output", "logs")
        self.assertEqual([f"mysql-bin.{number:06d}" for number in range(1, 5)], self.files("logs"))
        for name in self.files("logs"):
            self.assert_log("logs/" + name, size=3_000_000)

    def test_an_interrupt_ends_with_130_and_keeps_what_is_there(self):
        self.behave(binlogs=[one(size=3_000_000)], trickle=1_000_000)
        process = self.start("binlogs", "--instance", "rm-example", "--output", "logs")
        self.wait_until(lambda: self.size_of("logs/mysql-bin.000054.partial") > 0)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual(130, process.returncode)
        kept = self.size_of("logs/mysql-bin.000054.partial")
        self.behave(trickle=0)
        out, _ = self.binlogs(0, "--output", "logs", "--json")
        self.assertEqual(3_000_000 - kept, json.loads(out)["fetched_bytes"])
        self.assert_log("logs/mysql-bin.000054", size=3_000_000)

    def test_a_log_in_a_tar_is_a_tar(self):
        for tar_listed in (False, True):
            self.behave(binlogs=[one(tar=True, tar_listed=tar_listed)])
            out, _ = self.binlogs(0, "--output", f"logs{tar_listed}")
            self.assertEqual(f"logs{tar_listed}/mysql-bin.000054.tar", out)
            with open(self.path(out), "rb") as file:
                self.assertEqual(tar("mysql-bin.000054", Log(**one()).bytes()), file.read())
            served = self.record()["served"]
            self.binlogs(0, "--output", f"logs{tar_listed}")
            self.assertEqual(served, self.record()["served"])
        self.behave(binlogs=[one(tar=True, says={"Checksum": "1"})])
        self.binlogs(65, "--output", "damaged")
        self.assertEqual([], self.files("damaged"))

    # Lies.

    def test_wrong_bytes_get_no_name(self):
        for index, behaviour in enumerate((
                {"binlogs": [one(says={"Checksum": "1"})]}, {"binlogs": [one(says={"Checksum": "1"})], "crc": "none"},
                {"binlogs": [one()], "crc": "wrong"}, {"binlogs": [one()], "crc": "none", "flip": 5000},
                {"binlogs": [one(says={"FileSize": 99_999})]}, {"binlogs": [one(says={"FileSize": 200_000})]},
                {"binlogs": [one(says={"FileSize": 5})]})):
            self.behave(**{"crc": "right", "flip": -1, **behaviour})
            _, err = self.binlogs(65, "--output", f"logs{index}")
            self.assertIn("mysql-bin.000054", err)
            self.assertEqual([], self.files(f"logs{index}"))

    def test_a_size_that_cannot_be_is_refused_before_a_byte_is_fetched(self):
        self.behave(binlogs=[one(says={"FileSize": 2_000_000_000})])
        self.binlogs(65, "--output", "logs")
        self.assertLess(self.record()["served"], 100_001)

    def test_without_a_checksum_the_size_is_what_was_verified(self):
        self.behave(binlogs=[one(says={"Checksum": ""})], crc="none")
        out, _ = self.binlogs(0, "--output", "logs", "--json")
        self.assertEqual("size", json.loads(out)["verified_by"])

    def test_names_are_names_of_files(self):
        for name in ("../../evil", "/etc/evil", "..", ".hidden", "a/b", "a\nb", "a\x1b[2J", "log.partial", "x" * 300):
            for field in ("LogFileName", "HostInstanceID"):
                self.behave(binlogs=[one(says={field: name})])
                _, err = self.binlogs(69, "--output", "logs")
                self.assertEqual(([], 1), (self.files("logs"), len(err.splitlines())))
        self.assertEqual([], [name for name in os.listdir(self.folder.name) if "evil" in name])

    def test_an_answer_without_names_has_them_in_its_links(self):
        self.behave(binlogs=[one(says={"LogFileName": None})])
        self.assertEqual([54], self.numbers())
        self.behave(binlogs=[one(tar=True, says={"LogFileName": None})])
        self.assertEqual([54], self.numbers())
        self.behave(binlogs=[one(says={"LogFileName": None, "DownloadLink": None, "IntranetDownloadLink": None})])
        self.binlogs(69)

    def test_a_log_without_a_link_says_so(self):
        for link in (None, "NULL", ""):
            self.behave(binlogs=[one(says={"DownloadLink": link})])
            _, err = self.binlogs(69, "--output", "logs")
            self.assertIn("offers no public link", err)
        self.binlogs(0, "--output", "logs", "--network", "internal")
        self.behave(binlogs=[one(says={"IntranetDownloadLink": "ftp://x"})])
        self.binlogs(0, "--output", "others")

    def test_a_log_that_is_being_uploaded_is_fetched_another_time(self):
        whole = one(name="mysql-bin.000053", begin=-2 * HOUR, end=-HOUR)
        self.behave(binlogs=[whole, one(says={"RemoteStatus": "Uploading", "DownloadLink": None})])
        self.assertIn("uploading", self.binlogs(0)[0])
        self.binlogs(75, "--output", "logs")
        self.assertEqual(["mysql-bin.000053"], self.files("logs"))
        self.behave(binlogs=[whole, one()])
        self.binlogs(0, "--output", "logs")
        self.assertEqual(["mysql-bin.000053", "mysql-bin.000054"], self.files("logs"))

    def test_a_link_that_is_always_refused_ends_with_69(self):
        self.behave(binlogs=[one()], link_seconds=-100)
        _, err = self.binlogs(69, "--output", "logs")
        self.assertIn("Request has expired.", err)
        self.assertEqual([], self.files("logs"))

    def test_another_file_of_that_name_is_left_alone(self):
        self.behave(binlogs=[one()])
        os.mkdir(self.path("logs"))
        with open(self.path("logs/mysql-bin.000054"), "w") as file:
            file.write("mine")
        self.binlogs(73, "--output", "logs")
        self.assertEqual(4, self.size_of("logs/mysql-bin.000054"))
        self.binlogs(73, "--output", "logs/mysql-bin.000054")

    def test_half_of_a_log_of_another_host_is_not_continued(self):
        self.behave(binlogs=[one()], cuts=[1000], store_errors=0)
        process = self.start("binlogs", "--instance", "rm-example", "--output", "logs")
        self.wait_until(lambda: self.size_of("logs/mysql-bin.000054.partial") > 0 or process.poll() is not None)
        process.kill()
        process.communicate()
        if self.files("logs") == ["mysql-bin.000054"]:
            self.skipTest("it was whole too soon")
        self.behave(binlogs=[one(host=STANDBY)], cuts=[])
        _, err = self.binlogs(73, "--output", "logs")
        self.assertIn("--no-resume", err)
        self.binlogs(0, "--output", "logs", "--no-resume")
        self.assert_log("logs/mysql-bin.000054", host=STANDBY)


if __name__ == "__main__":
    unittest.main()
