"""The object under the links, with the store's habits: signed links that die, and ranges that are a trap."""

import hashlib
import hmac
import re
import time
import urllib.parse

from crc64 import crc64

SECRET = b"the store's own"
EXPIRED = """<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>AccessDenied</Code>
  <Message>{message}</Message>
  <RequestId>5F8B</RequestId>
  <HostId>standin</HostId>
</Error>
"""


class Store:
    def __init__(self, behaviour, data):
        self.behaviour = behaviour
        self.data = data
        self.crc = crc64(data)
        self.others = {}  # key → (bytes, their CRC-64): objects besides the one behind all other links
        self.requests = []
        self.served = 0

    def put(self, key, data):
        """Another object; its CRC-64."""
        if key not in self.others:
            self.others[key] = (data, crc64(data))
        return self.others[key][1]

    def object(self, path):
        """The bytes behind a path, and their CRC-64."""
        return self.others.get(path.split("/", 3)[3], (self.data, self.crc))

    def link(self, base, key, seconds, internal):
        expires = str(int(time.time()) + seconds)
        path = f"/store/{'internal' if internal else 'public'}/{key}"
        query = urllib.parse.urlencode({
            "Expires": expires, "OSSAccessKeyId": "storeid", "Generation": self.behaviour.generation,
            "Signature": signature(path, expires, self.behaviour.generation)})
        return {
            "https": f"https://{base}{path}?{query}", "http": f"http://{base}{path}?{query}", "slashes": f"//{base}{path}?{query}",
            "quoted": f'"http://{base}{path}?{query}"'}[self.behaviour.url_form]

    def head(self, path, query, headers):
        """(status, headers, first byte, end) or (status, headers, body)."""
        q = dict(urllib.parse.parse_qsl(query))
        self.requests.append({"path": path, "range": headers.get("range"), "if_match": headers.get("if-match")})
        if any(name.startswith("x-oss-") for name in headers):
            return refused("SignatureDoesNotMatch: x-oss- headers are signed")
        if q.get("Signature") != signature(path, q.get("Expires", ""), q.get("Generation", "")):
            return refused("The request signature we calculated does not match.")
        if int(q["Expires"]) < time.time() or q["Generation"] != str(self.behaviour.generation):
            return refused("Request has expired.")
        if self.behaviour.store_errors:
            self.behaviour.store_errors -= 1
            return 503, {"content-type": "text/html"}, b"<html>busy</html>"
        if self.behaviour.page:
            return 200, {"content-type": self.behaviour.page}, b"<!DOCTYPE html><html>please log in</html>"
        etag = f'"{self.behaviour.etag}"'
        if headers.get("if-match", etag) != etag:
            return 412, {"content-type": "application/xml"}, EXPIRED.format(message="PreconditionFailed").encode()
        data, crc = self.object(path)
        answer = {"etag": etag, "accept-ranges": "bytes", "content-type": "application/octet-stream"}
        if self.behaviour.crc == "right":
            answer["x-oss-hash-crc64ecma"] = str(crc)
        elif self.behaviour.crc == "wrong":
            answer["x-oss-hash-crc64ecma"] = str(crc ^ 1)
        size = len(data)
        first, end = bounds(headers.get("range"), size)
        # The trap: a range that is out of bounds, even at its end only, gets the whole object.
        if first is None or self.behaviour.ignore_ranges:
            return 200, answer, 0, size
        answer["content-range"] = f"bytes {first}-{end - 1}/{size}"
        return 206, answer, first, end


def signature(path, expires, generation):
    return hmac.new(SECRET, f"{path}\n{expires}\n{generation}".encode(), hashlib.sha256).hexdigest()


def refused(message):
    return 403, {"content-type": "application/xml"}, EXPIRED.format(message=message).encode()


def bounds(text, size):
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", text or "")
    if not match:
        return None, None
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    return (first, last + 1) if first <= last < size else (None, None)
