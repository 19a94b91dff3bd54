"""The operations of DBS, RDS and PolarDB, as truthful and as untruthful as the real ones."""

import itertools
import time

import logs

# The states of a task, a step each time someone looks; both spellings of the real service.
STATES = ["initializing", "Queuing", "running", "finished"]
HTML = b"<html><body><h1>502 Bad Gateway</h1><p>Signature=secret</p></body></html>"


class Lie(Exception):
    """An answer that is not the operation's own."""

    def __init__(self, status, body, headers=None):
        self.status, self.body, self.headers = status, body, headers or {}


class Refusal(Exception):
    """A business error."""

    def __init__(self, code, message, status=200):
        self.code, self.message, self.status = code, message, status


class Service:
    def __init__(self, behaviour, link, put):
        self.behaviour = behaviour
        self.link = link  # (key of an object, seconds, internal?) → URL
        self.put = put  # (key, bytes) → CRC-64
        self.start = int(time.time())
        self.tasks = []
        self.classic = {}  # task id → task
        self.tokens = {}  # client token → task id
        self.jobs = {}
        self.calls = []
        self.numbers = itertools.count(1)

    def answer(self, version, action, query):
        """(HTTP status, headers, JSON object or bytes)."""
        self.calls.append({"action": action, "version": version, "query": query})
        lie = self.behaviour.lie_for(action)
        operation = OPERATIONS.get((version, action))
        try:
            if lie and lie != "do-then-500" and lie != "do-then-cut":
                self.lie(lie)
            if operation is None:
                raise Refusal("InvalidAction.NotFound", "Specified api is not found.", 404)
            body = operation(self, query)
            if lie:
                self.lie(lie)
        except Lie as lie:
            return lie.status, lie.headers, lie.body
        except Refusal as refusal:
            return refusal.status, {}, envelope(version, False, refusal.code, refusal.message)
        if version in ("2021-01-01", "2019-03-06"):
            success = envelope(version, True, "Success", "")
            success.update(body)
            body = success
        body["RequestId"] = f"REQ-{len(self.calls)}"
        return 200, {}, body

    def lie(self, lie):
        if lie == "throttle":
            body = {"Code": "Throttling.User", "Message": "Request was denied due to user flow control.", "RequestId": "REQ-T"}
            raise Lie(400, body, {"x-ratelimit-user-api": "Limit:10,TimeLeft:700", "x-ratelimit-user": "TimeLeft:200"})
        if lie in ("html-500", "do-then-500"):
            raise Lie(500, HTML, {"content-type": "text/html"})
        if lie in ("cut", "do-then-cut"):
            raise Lie(0, b"")
        raise Refusal(lie, "refused as told", 403 if lie.startswith("Request.Forbidden") else 200)

    # DBS 2021-01-01

    def create_download(self, q):
        for field in ("RegionCode", "InstanceName", "FormatType"):
            if field not in q:
                raise Refusal("DBS.ParamIsInValid", f"{field} is needed")
        for task in self.tasks:
            if task["DownloadStatus"].lower() not in ("finished", "expired"):
                raise Refusal("DBS.DownloadTask.OnlyOneRunningOrFailedTask", "only one running or failed task is allowed")
        task = {
            "TaskId": f"dt-{next(self.numbers):08d}", "DownloadStatus": self.behaviour.states[0], "Progress": "0/0",
            "BakSetId": q.get("BakSetId", ""), "BackupSetTime": int(q.get("DownloadPointInTime", 1661329050000)),
            "GmtCreate": int(time.time() * 1000), "ExportDataSize": 0, "ImportDataSize": 0, "RegionCode": q["RegionCode"],
            "Format": q["FormatType"], "TargetType": q.get("TargetType", "URL"), "TargetPath": q.get("TargetPath", ""),
            "DbList": "[shop]", "InstanceName": q["InstanceName"], "TaskType": q.get("BakSetType", "full"), "looks": 0}
        self.tasks.insert(0, task)
        return {"Data": shown(task)}

    def describe_tasks(self, q):
        tasks = [
            t for t in self.tasks
            if t["InstanceName"] == q.get("InstanceName") and q.get("BackupSetId", t["BakSetId"]) == t["BakSetId"]
            and q.get("TaskType", t["TaskType"]) == t["TaskType"]
            and q.get("State", known(t["DownloadStatus"])) == known(t["DownloadStatus"])
            and int(q.get("StartTime", 0)) <= t["GmtCreate"] <= int(q.get("EndTime", 1 << 62))]
        if q.get("OrderDirect") == "asc":
            tasks = tasks[::-1]
        size, page = min(int(q.get("PageSize", 10)), self.behaviour.largest_page), int(q.get("CurrentPage", 1))
        items = tasks[(page - 1) * size:page * size]
        for task in items:
            self.advance(task)
        # Numbers are strings in this operation, and only in this one.
        shown_items = [{k: str(v) for k, v in shown(t).items()} for t in items]
        content = {"wrapped": {"List": shown_items}, "bare": shown_items}[self.behaviour.content]
        return {"Data": {
            "PageNumber": page, "PageSize": size, "TotalElements": len(tasks), "TotalPages": -(-len(tasks) // size),
            "Content": content if items else None}}

    def advance(self, task):
        states = self.behaviour.states
        if task["DownloadStatus"] in states[:-1]:
            task["looks"] += 1
            task["DownloadStatus"] = states[min(task["looks"], len(states) - 1)]
            task["Progress"] = f"{min(task['looks'], len(states) - 1)}/{len(states) - 1}"
            if task["DownloadStatus"] == "finished":
                task["ExportDataSize"] = self.behaviour.size

    def storage_info(self, q):
        if not 300 <= int(q.get("Duration", 0)) <= 86400:
            raise Refusal("DBS.ParamIsInValid", "Duration must be 300 to 86400")
        tasks = [t for t in self.tasks if t["TaskId"] == q.get("TaskId") or (
            "TaskId" not in q and t["BakSetId"] == q.get("BackupSetId") and t["InstanceName"] == q.get("InstanceName"))]
        if not tasks or tasks[0]["DownloadStatus"] != "finished":
            raise Refusal("DBS.DownloadTask.CannotFind", "can not find the download task")
        task, seconds = tasks[0]["TaskId"], int(q["Duration"])
        return {"Data": {
            "PublicUrl": self.link(f"{task}.tar.gz", seconds, False), "PrivateUrl": self.link(f"{task}.tar.gz", seconds, True),
            "ExpirationTime": int(time.time()) + seconds}}

    def support(self, q):
        return {"Data": "true" if self.behaviour.supported else "false"}

    def retry(self, q):
        for task in self.tasks:
            if task["TaskId"] == q.get("TaskId"):
                task.update(DownloadStatus="queueing", looks=0, Progress="0/0")
                self.behaviour.states = STATES
                task["DownloadStatus"] = STATES[0]
                return {"Data": task["TaskId"], "Success": "True"}
        raise Refusal("DBS.DownloadTask.CannotFind", "can not find the download task")

    # DBS 2019-03-06

    def classic_full(self, q):
        return self.classic_create(q, "cbs_backup_sub_full", q.get("BackupSetDataFormat", "CSV"))

    def classic_increment(self, q):
        if "BackupSetName" not in q:
            raise Refusal("Param.Missing", "BackupSetName is needed")
        return self.classic_create(q, "cbs_backup_sub_cont", q.get("BackupSetDataFormat", "Native"))

    def classic_create(self, q, job_type, data_format):
        token = q.get("ClientToken") or str(next(self.numbers))
        if token not in self.tokens:
            name = f"{next(self.numbers)}dbs"
            self.tokens[token] = name
            self.classic[name] = {
                "BackupSetDownloadTaskId": name, "BackupSetDownloadTaskName": f"{name}-ManualCont",
                "BackupSetDownloadStatus": "schedule", "BackupSetDataFormat": data_format, "BackupSetJobType": job_type,
                "BackupSetId": q["BackupSetId"], "BackupSetCode": q.get("BackupSetName", ""), "BackupPlanId": "plan1",
                "BackupSetDataSize": 1024, "BackupSetDownloadCreateTime": int(time.time() * 1000),
                "BackupSetDownloadWay": "manual"}
        return {"BackupSetDownloadTaskId": self.tokens[token]}

    def classic_list(self, q):
        tasks = [t for t in self.classic.values() if q.get("BackupSetDownloadTaskId", t["BackupSetDownloadTaskId"])
                 == t["BackupSetDownloadTaskId"] and q.get("BackupPlanId", t["BackupPlanId"]) == t["BackupPlanId"]]
        for task in tasks:
            task["BackupSetDownloadStatus"] = {"schedule": "running"}.get(task["BackupSetDownloadStatus"], "finish")
            if task["BackupSetDownloadStatus"] == "finish":
                url = self.link(task["BackupSetDownloadTaskId"] + ".tar.gz", 3600, False)
                task["BackupSetDownloadInternetUrl"] = '"' + url.split(":", 1)[1] + '"'  # the real one has both quirks
        return paged(tasks, q, "BackupSetDownloadTaskDetail")

    def classic_full_backups(self, q):
        return paged([{
            "BackupSetId": f"full{n}", "BackupStatus": "finish", "BackupSize": 1000 + n, "StartTime": 1661329050000,
            "BackupObjects": "[{\"DBName\":\"shop\"}]"} for n in range(3)], q, "FullBackupFile")

    def classic_increment_backups(self, q):
        return paged([{
            "BackupSetId": "mysql-bin.000054", "BackupSetJobId": "job1", "BackupStatus": "finish", "BackupSize": "77"}],
            q, "IncrementBackupFile")

    # RDS 2014-08-15 and PolarDB 2017-08-01

    def create_backup(self, q):
        if any(job["looks"] < 3 for job in self.jobs.values()):
            raise Refusal("BackupJobExists", "A backup job exists.", 400)
        job = str(5000 + next(self.numbers))
        self.jobs[job] = {"instance": q["DBInstanceId"], "looks": 0, "set": 146000 + len(self.jobs)}
        return {"BackupJobId": job}

    def backup_tasks(self, q):
        items = []
        for name, job in self.jobs.items():
            if job["instance"] != q["DBInstanceId"] or q.get("BackupJobId", name) != name:
                continue
            if job["looks"] >= 3 and ("BackupJobId" not in q or self.behaviour.jobs_vanish):
                continue
            job["looks"] += 1
            done = job["looks"] >= 3
            items.append({
                "BackupJobId": name, "BackupId": job["set"] if done and not self.behaviour.jobs_vanish else "", "JobMode": "Manual",
                "BackupProgressStatus": "Finished" if done and not self.behaviour.jobs_vanish else "Uploading", "Process": f"{job['looks'] * 33}%"})
        return {"Items": {"BackupJob": items}} if items else {}

    def rds_backups(self, q):
        # The model says strings; real answers hold numbers.
        end = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return {"PageNumber": "1", "PageRecordCount": "1", "TotalRecordCount": "1", "Items": {"Backup": [{
            "BackupId": 146005, "BackupSize": 2048, "HostInstanceID": 5882781, "BackupStatus": "Success",
            "ConsistentTime": 1661329050, "IsAvail": 1, "BackupStartTime": "2026-01-02T03:04Z", "BackupEndTime": end, "BackupMethod": "Physical"}]}}

    def binlog_files(self, q):
        since, until = logs.moment(q.get("StartTime")), logs.moment(q.get("EndTime"))
        size, page = int(q.get("PageSize", 30)), int(q.get("PageNumber", 1))
        if since is None or until is None:
            raise Refusal("InvalidStartTime.Malformed", "The times must be in the format yyyy-MM-ddTHH:mm:ssZ.", 400)
        if until <= since:
            raise Refusal("InvalidEndTime.Malformed", "The end time must be later than the start time.", 400)
        if not 30 <= size <= 100:
            raise Refusal("InvalidPageSize", "The page size must be 30 to 100.", 400)
        size = min(size, self.behaviour.largest_log_page)
        items = [
            log.item(self.put, self.link, self.behaviour.link_seconds)
            for log in logs.listed(self.behaviour, self.start) if log.end >= since and log.begin <= until]
        part = items[(page - 1) * size:page * size]
        return {
            "PageNumber": page, "PageRecordCount": len(part), "TotalRecordCount": len(items),
            "TotalFileSize": sum(item["FileSize"] for item in items), "Items": {"BinLogFile": part}}

    def ha_config(self, q):
        return {"DBInstanceId": q["DBInstanceId"], "HAMode": "RPO", "SyncMode": "Semi-sync", "HostInstanceInfos": {"NodeInfo": [
            {"NodeId": host, "NodeType": "Slave" if place else "Master", "SyncStatus": "Synchronized", "ZoneId": "cn-hangzhou-b"}
            for place, host in enumerate(self.behaviour.hosts)]}}

    def polar_backups(self, q):
        for field in ("DBClusterId", "StartTime", "EndTime"):
            if field not in q:
                raise Refusal("MissingParameter", field, 400)
        return {"PageNumber": "1", "PageRecordCount": "1", "TotalRecordCount": "1", "Items": {"Backup": [{
            "BackupId": "11111111", "BackupSetSize": "4096", "BackupStatus": "Success", "IsAvail": "1",
            "BackupsLevel": "Level-2", "DBClusterId": q["DBClusterId"]}]}}


def shown(task):
    return {k: v for k, v in task.items() if k not in ("InstanceName", "TaskType", "looks")}


def known(state):
    """The spelling that filters use."""
    return state.lower().replace("queuing", "queueing")


def paged(items, q, wrapper):
    size, page = int(q.get("PageSize", 30)), int(q.get("PageNum", 0))
    part = items[page * size:(page + 1) * size]
    answer = {"PageNum": page, "PageSize": size, "TotalPages": -(-len(items) // size), "TotalElements": len(items)}
    if part:
        answer["Items"] = {wrapper: part}
    return answer


def envelope(version, success, code, message):
    if version == "2021-01-01":
        return {"Success": "true" if success else "false", "Code": code, "ErrCode": code, "Message": message,
                "ErrMessage": message, "RequestId": "REQ-E"}
    if version == "2019-03-06":
        return {"Success": success, "ErrCode": code, "ErrMessage": message, "HttpStatusCode": 200, "RequestId": "REQ-E"}
    return {"Code": code, "Message": message, "RequestId": "REQ-E", "HostId": "standin"}


OPERATIONS = {
    ("2021-01-01", "CreateDownload"): Service.create_download,
    ("2021-01-01", "DescribeDownloadTask"): Service.describe_tasks,
    ("2021-01-01", "DescribeDownloadBackupSetStorageInfo"): Service.storage_info,
    ("2021-01-01", "DescribeDownloadSupport"): Service.support,
    ("2021-01-01", "RetryDownloadTask"): Service.retry,
    ("2019-03-06", "CreateFullBackupSetDownload"): Service.classic_full,
    ("2019-03-06", "CreateIncrementBackupSetDownload"): Service.classic_increment,
    ("2019-03-06", "DescribeBackupSetDownloadTaskList"): Service.classic_list,
    ("2019-03-06", "DescribeFullBackupList"): Service.classic_full_backups,
    ("2019-03-06", "DescribeIncrementBackupList"): Service.classic_increment_backups,
    ("2014-08-15", "CreateBackup"): Service.create_backup,
    ("2014-08-15", "DescribeBackupTasks"): Service.backup_tasks,
    ("2014-08-15", "DescribeBackups"): Service.rds_backups,
    ("2014-08-15", "DescribeBinlogFiles"): Service.binlog_files,
    ("2014-08-15", "DescribeDBInstanceHAConfig"): Service.ha_config,
    ("2017-08-01", "DescribeBackups"): Service.polar_backups,
}
