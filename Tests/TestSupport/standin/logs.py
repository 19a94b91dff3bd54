"""The binary logs that DescribeBinlogFiles lists: of each host, and the objects behind their links."""

import calendar
import dataclasses
import io
import random
import tarfile
import time

HOUR = 3600


@dataclasses.dataclass
class Log:
    """A log as `Behaviour.binlogs` says it; times in seconds since 1970."""
    host: str
    name: str
    begin: int
    end: int
    size: int = 100_000
    tar: bool = False           # the object is a tar of the log
    tar_listed: bool = False    # … and the list describes the tar
    says: dict = dataclasses.field(default_factory=dict)    # fields of the answer that are wrong

    def bytes(self):
        return b"\xfebin" + random.Random(f"{self.host}/{self.name}").randbytes(self.size - 4)

    def item(self, put, link, seconds):
        """What DescribeBinlogFiles says, with fresh links. The type of each field is that of the vendor's model."""
        data = listed = self.bytes()
        key = f"{self.host}/{self.name}"
        if self.tar:
            data, key = tar(self.name, data), key + ".tar"
            listed = data if self.tar_listed else listed
        put(key, data)
        return {
            "LogFileName": self.name, "HostInstanceID": self.host, "FileSize": len(listed),
            "Checksum": str(put("as listed/" + key, listed)), "LogBeginTime": stamp(self.begin), "LogEndTime": stamp(self.end),
            "DownloadLink": link(key, seconds, False), "IntranetDownloadLink": link(key, seconds, True),
            "LinkExpiredTime": stamp(time.time() + seconds), "RemoteStatus": "Completed", **self.says}


def listed(behaviour, start):
    """All logs in the service's order, which is none: newest first, hosts mixed."""
    if behaviour.binlogs:
        logs = [Log(**{**log, "begin": log["begin"] + start, "end": log["end"] + start}) for log in behaviour.binlogs]
    else:
        # Six hours, a log an hour; each host counts for itself.
        logs = [
            Log(host, f"mysql-bin.{100 * (place + 1) + number:06d}", start + (number - 7) * HOUR + place, start + (number - 6) * HOUR + place)
            for place, host in enumerate(behaviour.hosts) for number in range(1, 7)]
    return sorted(logs, key=lambda log: (-log.begin, log.host))


def tar(name, data):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def moment(text):
    """`yyyy-MM-ddTHH:mm:ssZ` and no other form; None for what is none."""
    try:
        return calendar.timegm(time.strptime(text or "", "%Y-%m-%dT%H:%M:%SZ"))
    except ValueError:
        return None
