"""Stands between a client and a store of S3: cuts answers, delays them, or does something before a request is passed on."""

import http.client
import http.server
import socket
import sys
import threading
import urllib.parse


class Proxy(http.server.ThreadingHTTPServer):
    """`cut`: bytes of a body after which the connection ends, each time. `before`: called with each GET's number."""

    daemon_threads = True

    def __init__(self, target, cut=None, before=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = urllib.parse.urlsplit(target)
        self.cut, self.before = cut, before
        self.count = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A client may leave in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.pass_on()

    def do_GET(self):
        self.server.count += 1
        if self.server.before:
            self.server.before(self.server.count)
        self.pass_on()

    def pass_on(self):
        server = self.server
        store = http.client.HTTPConnection(server.target.netloc, timeout=60)
        # The host that was signed stays.
        store.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            store.putheader(name, value)
        store.endheaders()
        answer = store.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                self.send_header(name, value)
        length = answer.getheader("content-length") if self.command == "HEAD" else len(body)
        self.send_header("content-length", str(length))
        self.end_headers()
        store.close()
        if self.command == "HEAD":
            return
        if server.cut is not None and len(body) > server.cut:
            self.wfile.write(body[:server.cut])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True
