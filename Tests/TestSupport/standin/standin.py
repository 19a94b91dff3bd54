"""The stand-in of the service: see README.md beside this file."""

import argparse
import dataclasses
import http.server
import json
import random
import socket
import ssl
import sys
import threading
import time
import urllib.parse

from service import STATES, Service
from signature import refusal
from store import Store


@dataclasses.dataclass
class Behaviour:
    """What `POST /_control` sets."""
    size: int = 0
    states: list = dataclasses.field(default_factory=lambda: list(STATES))
    content: str = "wrapped"        # or "bare"
    largest_page: int = 100
    supported: bool = True
    jobs_vanish: bool = False       # backup jobs are not listed once they are over
    check_date: bool = True
    lies: list = dataclasses.field(default_factory=list)   # [{"action", "lie", "after"}], each used once, when so many calls have gone by
    # Binary logs (see logs.py): both hosts write all changes, and the first is the primary.
    hosts: list = dataclasses.field(default_factory=lambda: ["5882781", "5882782"])
    binlogs: list = dataclasses.field(default_factory=list)    # what is listed instead of six logs a host
    link_seconds: int = 3600        # how long the links to logs live
    largest_log_page: int = 100
    # The store:
    generation: int = 1             # links of another generation are dead
    url_form: str = "http"          # or "https", "slashes", "quoted"
    cuts: list = dataclasses.field(default_factory=list)   # bytes after which the next answers are cut
    kill_links_after_cut: bool = False
    trickle: int = 0                # bytes a second; 0 is as fast as it goes
    ignore_ranges: bool = False
    crc: str = "right"              # or "wrong", "none"
    etag: str = "E1"
    page: str = ""                  # content type of a page sent instead of data
    flip: int = -1                  # the byte of the object that is sent wrong
    store_errors: int = 0           # answers with 503 before the next right one

    def lie_for(self, action):
        for lie in self.lies:
            if lie["action"] in (action, "*"):
                if lie.get("after", 0) > 0:
                    lie["after"] -= 1
                    continue
                self.lies.remove(lie)
                return lie["lie"]
        return None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    lock = threading.Lock()

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path == "/_control":
            with self.lock:
                for name, value in json.loads(body).items():
                    setattr(self.server.behaviour, name, value)
            return self.send(200, {}, {})
        self.serve_call(body)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/_control":
            with self.lock:
                return self.send(200, {}, {
                    "calls": self.server.service.calls, "requests": self.server.store.requests,
                    "served": self.server.store.served, "crc64": str(self.server.store.crc),
                    "unused": self.server.behaviour.lies + self.server.behaviour.cuts})
        if path.startswith("/store/"):
            return self.serve_object(path, query)
        self.serve_call(b"")

    def serve_call(self, body):
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        server = self.server
        with self.lock:
            refused = refusal(self.command, path, query, headers, body, server.nonces, server.behaviour.check_date)
            if refused:
                status, code, message = refused
                return self.send(status, {}, {"Code": code, "Message": message, "RequestId": "REQ-S", "HostId": "standin"})
            q = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
            status, extra, answer = server.service.answer(headers["x-acs-version"], headers["x-acs-action"], q)
        if status == 0:
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        self.send(status, extra, answer)

    def send(self, status, headers, body):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json;charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def serve_object(self, path, query):
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.lock:
            status, answer, *rest = self.server.store.head(path, query, headers)
            cut = self.server.behaviour.cuts.pop(0) if len(rest) == 2 and self.server.behaviour.cuts else None
        if len(rest) == 1:
            return self.send(status, answer, rest[0])
        first, end = rest
        self.send_response(status)
        for name, value in {**answer, "content-length": str(end - first)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.send_body(self.server.store.object(path)[0], first, end if cut is None else min(end, first + cut))
        if cut is not None:
            with self.lock:
                self.server.behaviour.generation += self.server.behaviour.kill_links_after_cut
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_WR)

    def send_body(self, data, first, end):
        data, step = memoryview(data), 1 << 18
        while first < end:
            trickle = self.server.behaviour.trickle
            if trickle:
                step = max(1, trickle // 20)
                time.sleep(0.05)
            piece = data[first:min(end, first + step)]
            flip = self.server.behaviour.flip - first
            if 0 <= flip < len(piece):
                piece = piece[:flip].tobytes() + bytes([piece[flip] ^ 1]) + piece[flip + 1:].tobytes()
            try:
                self.wfile.write(piece)
            except OSError:
                self.close_connection = True
                return
            with self.lock:
                self.server.store.served += len(piece)
            first += len(piece)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host, port, data):
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)
        self.behaviour = Behaviour(size=len(data))
        self.store = Store(self.behaviour, data)
        base = self.base = f"[{host}]:{self.server_port}" if ":" in host else f"{host}:{self.server_port}"
        self.service = Service(
            self.behaviour, lambda key, seconds, internal: self.store.link(base, key, seconds, internal), self.store.put)
        self.nonces = set()

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):  # clients that go away are part of the play
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--certificate", help="speak TLS with this certificate and key, in one file")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--object", help="the file under every link")
    parser.add_argument("--size", type=int, default=1 << 20, help="or that many bytes of noise")
    arguments = parser.parse_args()
    if arguments.object:
        with open(arguments.object, "rb") as file:
            data = file.read()
    else:
        data = random.Random(1).randbytes(arguments.size)
    server = Server(arguments.host, arguments.port, data)
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.behaviour.url_form = "https"
    print(f"http{'s' if arguments.certificate else ''}://{server.base}", flush=True)
    # The parent process ends without a message: the end of standard input is the end.
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
