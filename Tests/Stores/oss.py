"""A stand-in of OSS: HEAD, GET by ranges, ListObjectsV2, and signature V4 in headers, checked as the service documents it.

The vendor's own SDK judges it (run.py): what that client signs must be let in, and what it reads must be right.
"""

import hashlib
import hmac
import http.server
import re
import sys
import threading
import urllib.parse
from xml.sax.saxutils import escape

REGION = "cn-hangzhou"


def crc64(data):
    """CRC-64/XZ, as `x-oss-hash-crc64ecma` has it."""
    value = 0xFFFFFFFFFFFFFFFF
    for byte in data:
        value = TABLE[(value ^ byte) & 255] ^ value >> 8
    return value ^ 0xFFFFFFFFFFFFFFFF


def table_entry(value):
    for _ in range(8):
        value = value >> 1 ^ (0xC96C5795D7870F42 if value & 1 else 0)
    return value


TABLE = [table_entry(byte) for byte in range(256)]


class Store(http.server.ThreadingHTTPServer):
    """Buckets in memory, for one key. Buckets stand in the path."""

    daemon_threads = True

    def __init__(self, key, secret):
        super().__init__(("127.0.0.1", 0), Handler)
        self.key, self.secret = key, secret
        self.buckets = {}
        self.requests = []
        self.refusals = []
        self.checksums = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A client may leave in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def put(self, bucket, key, data):
        self.buckets.setdefault(bucket, {})[key] = data
        self.checksums[bucket, key] = crc64(data)

    def authorization(self, method, path, query, headers):
        """What the header must be, from the documentation of signature V4."""
        given = headers.get("authorization", "")
        match = re.fullmatch(
            r"OSS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/oss/aliyun_v4_request,"
            r"(?:AdditionalHeaders=([^,]*),)?Signature=([0-9a-f]{64})", given)
        if not match or match[1] != self.key or match[3] != REGION:
            return None
        additional = match[4].split(";") if match[4] else []
        names = sorted(
            {name for name in headers if name.startswith("x-oss-") or name in ("content-type", "content-md5")}
            | set(additional))
        pairs = sorted(query.split("&")) if query else []
        canonical = "\n".join([
            method, path, "&".join(pair.removesuffix("=") if pair.endswith("=") else pair for pair in pairs),
            "".join(f"{name}:{headers[name].strip()}\n" for name in names), ";".join(additional),
            headers.get("x-oss-content-sha256", "")])
        date = headers.get("x-oss-date", "")
        if not date.startswith(match[2]):
            return None
        scope = f"{match[2]}/{REGION}/oss/aliyun_v4_request"
        text = "\n".join(["OSS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("aliyun_v4" + self.secret).encode()
        for part in (match[2], REGION, "oss", "aliyun_v4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), match[5])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def refuse(self, status, code, message):
        self.server.refusals.append(code)
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()
        self.answer(status, body, {"content-type": "application/xml"})

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "content-length" not in headers:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append((self.command, self.path, headers.get("range")))
        if not self.server.authorization(self.command, path, query, headers):
            return self.refuse(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.")
        bucket, _, key = path.lstrip("/").partition("/")
        objects = self.server.buckets.get(bucket)
        if objects is None:
            return self.refuse(404, "NoSuchBucket", "The specified bucket does not exist.")
        if not key:
            return self.list(bucket, objects, dict(urllib.parse.parse_qsl(query, keep_blank_values=True)))
        key = urllib.parse.unquote(key)
        if key not in objects:
            return self.refuse(404, "NoSuchKey", "The specified key does not exist.")
        self.send_object(bucket, key, objects[key], headers)

    def send_object(self, bucket, key, data, headers):
        etag = f'"{hashlib.md5(data).hexdigest().upper()}"'
        if headers.get("if-match", etag) != etag:
            return self.refuse(412, "PreconditionFailed", "At least one of the preconditions did not hold.")
        answer = {"etag": etag, "x-oss-hash-crc64ecma": str(self.server.checksums[bucket, key])}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("range", ""))
        if not wanted or int(wanted[1]) >= len(data):
            return self.answer(200, data, answer)
        first, last = int(wanted[1]), min(int(wanted[2] or len(data) - 1), len(data) - 1)
        answer["content-range"] = f"bytes {first}-{last}/{len(data)}"
        self.answer(206, data[first:last + 1], answer)

    def list(self, bucket, objects, query):
        keys = sorted(key for key in objects if key.startswith(query.get("prefix", "")))
        after = query.get("continuation-token", "")
        rest = [key for key in keys if key > urllib.parse.unquote(after)] if after else keys
        page = rest[:min(int(query.get("max-keys", 100)), 100)]
        more = len(page) < len(rest)
        text = "".join(
            f"<Contents><Key>{escape(urllib.parse.quote(key, safe=''))}</Key><Size>{len(objects[key])}</Size>"
            f"<ETag>&quot;{hashlib.md5(objects[key]).hexdigest().upper()}&quot;</ETag></Contents>" for key in page)
        token = f"<NextContinuationToken>{urllib.parse.quote(page[-1], safe='')}</NextContinuationToken>" if more else ""
        body = (
            f"<?xml version='1.0'?><ListBucketResult><Name>{bucket}</Name><EncodingType>url</EncodingType>"
            f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>{token}{text}</ListBucketResult>")
        self.answer(200, body.encode(), {"content-type": "application/xml"})
