"""The vendor's own Python clients talk to the stand-in: what they accept, the stand-in may be believed to say.

Needs, from PyPI: alibabacloud_dbs20210101, alibabacloud_dbs20190306, alibabacloud_rds20140815.
"""

import os
import subprocess
import sys
import time
import unittest
import urllib.request

from alibabacloud_dbs20190306 import models as classic
from alibabacloud_dbs20190306.client import Client as ClassicClient
from alibabacloud_dbs20210101 import models as dbs
from alibabacloud_dbs20210101.client import Client as DownloadClient
from alibabacloud_rds20140815 import models as rds
from alibabacloud_rds20140815.client import Client as RDSClient
from alibabacloud_tea_openapi import models as openapi

from crc64 import crc64
from logs import stamp

HERE = os.path.dirname(os.path.abspath(__file__))


def configuration(address, key="testid", secret="testsecret", token=None):
    return openapi.Config(
        access_key_id=key, access_key_secret=secret, security_token=token, protocol="http",
        endpoint=address.removeprefix("http://"), region_id="cn-hangzhou")


class VendorClients(unittest.TestCase):
    def setUp(self):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "standin.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

    def tearDown(self):
        self.process.stdin.close()
        self.process.wait(5)
        self.process.stdout.close()

    def test_download_2021(self):
        client = DownloadClient(configuration(self.address))
        where = {"region_code": "cn-hangzhou", "instance_name": "rm-example"}
        self.assertEqual("true", client.describe_download_support(dbs.DescribeDownloadSupportRequest(**where)).body.data)
        made = client.create_download(dbs.CreateDownloadRequest(
            **where, bak_set_type="full", bak_set_id="146005", format_type="csv-with-header", target_type="URL")).body
        self.assertEqual("true", made.success)
        self.assertIsInstance(made.data.gmt_create, int)
        request = dbs.DescribeDownloadTaskRequest(**where, backup_set_id="146005")
        for _ in range(3):
            tasks = client.describe_download_task(request).body
        task = tasks.data.content.list[0]
        self.assertEqual((made.data.task_id, "finished"), (task.task_id, task.download_status))
        self.assertIsInstance(task.export_data_size, str)
        link = client.describe_download_backup_set_storage_info(dbs.DescribeDownloadBackupSetStorageInfoRequest(
            region_code="cn-hangzhou", task_id=task.task_id, duration="7200")).body.data
        self.assertIn("Signature=", link.public_url)
        self.assertEqual("True", client.retry_download_task(dbs.RetryDownloadTaskRequest(
            **where, task_id=task.task_id)).body.success)

    def test_business_error_under_http_200(self):
        client = DownloadClient(configuration(self.address))
        body = client.describe_download_backup_set_storage_info(dbs.DescribeDownloadBackupSetStorageInfoRequest(
            region_code="cn-hangzhou", task_id="dt-none", duration="7200")).body
        self.assertEqual(("false", "DBS.DownloadTask.CannotFind"), (body.success, body.err_code))

    def test_classic_2019(self):
        client = ClassicClient(configuration(self.address))
        request = classic.CreateFullBackupSetDownloadRequest(backup_set_id="full1", client_token="once")
        made = client.create_full_backup_set_download(request).body
        again = client.create_full_backup_set_download(request).body
        self.assertIs(True, made.success)
        self.assertEqual(made.backup_set_download_task_id, again.backup_set_download_task_id)
        log = client.create_increment_backup_set_download(classic.CreateIncrementBackupSetDownloadRequest(
            backup_set_id="job1", backup_set_name="mysql-bin.000054")).body
        self.assertIs(True, log.success)
        listing = classic.DescribeBackupSetDownloadTaskListRequest(
            backup_set_download_task_id=made.backup_set_download_task_id, page_num=0)
        client.describe_backup_set_download_task_list(listing)
        task = client.describe_backup_set_download_task_list(listing).body.items.backup_set_download_task_detail[0]
        self.assertEqual("finish", task.backup_set_download_status)
        full = client.describe_full_backup_list(classic.DescribeFullBackupListRequest(backup_plan_id="plan1")).body
        self.assertEqual(3, len(full.items.full_backup_file))
        logs = client.describe_increment_backup_list(classic.DescribeIncrementBackupListRequest(backup_plan_id="plan1")).body
        self.assertEqual("job1", logs.items.increment_backup_file[0].backup_set_job_id)

    def test_rds_2014(self):
        client = RDSClient(configuration(self.address))
        made = client.create_backup(rds.CreateBackupRequest(dbinstance_id="rm-example")).body
        request = rds.DescribeBackupTasksRequest(dbinstance_id="rm-example", backup_job_id=int(made.backup_job_id))
        for _ in range(3):
            job = client.describe_backup_tasks(request).body.items.backup_job[0]
        self.assertEqual("Finished", job.backup_progress_status)
        sets = client.describe_backups(rds.DescribeBackupsRequest(dbinstance_id="rm-example")).body
        self.assertEqual(2048, sets.items.backup[0].backup_size)

    def test_binary_logs_of_rds_2014(self):
        client = RDSClient(configuration(self.address))
        now = time.time()
        window = {"start_time": stamp(now - 86400), "end_time": stamp(now)}
        page = client.describe_binlog_files(rds.DescribeBinlogFilesRequest(dbinstance_id="rm-example", **window)).body
        self.assertEqual((12, 12, 1), (page.total_record_count, page.page_record_count, page.page_number))
        log = page.items.bin_log_file[0]
        self.assertEqual(("Completed", 100_000), (log.remote_status, log.file_size))
        self.assertRegex(log.log_begin_time + log.log_end_time + log.link_expired_time, r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ){3}$")
        for link in (log.download_link, log.intranet_download_link):
            self.assertIn(f"/{log.host_instance_id}/{log.log_file_name}?", link)
            data = urllib.request.urlopen(link).read()
            self.assertEqual((log.file_size, log.checksum), (len(data), str(crc64(data))))
        nodes = client.describe_dbinstance_haconfig(rds.DescribeDBInstanceHAConfigRequest(
            dbinstance_id="rm-example")).body.host_instance_infos.node_info
        self.assertEqual(["Master", "Slave"], [node.node_type for node in nodes])
        self.assertEqual({node.node_id for node in nodes}, {log.host_instance_id for log in page.items.bin_log_file})
        for wrong in ({"page_size": 10}, {"end_time": window["start_time"]}, {"start_time": "2026-01-02"}):
            with self.assertRaisesRegex(Exception, "Invalid"):
                client.describe_binlog_files(rds.DescribeBinlogFilesRequest(dbinstance_id="rm-example", **{**window, **wrong}))

    def test_session_token(self):
        config = configuration(self.address, "STS.testid", "stssecret", "sts+token/with=chars")
        body = DownloadClient(config).describe_download_support(dbs.DescribeDownloadSupportRequest(
            region_code="cn-hangzhou", instance_name="rm-example")).body
        self.assertEqual("true", body.data)

    def test_wrong_secret_is_refused(self):
        client = DownloadClient(configuration(self.address, secret="wrong"))
        with self.assertRaisesRegex(Exception, "SignatureDoesNotMatch"):
            client.describe_download_support(dbs.DescribeDownloadSupportRequest(
                region_code="cn-hangzhou", instance_name="rm-example"))


if __name__ == "__main__":
    unittest.main()
