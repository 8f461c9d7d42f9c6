"""A server that lies, on the loopback address: what it does wrong is the first part of the path.

usage: hostile.py PORT CERTIFICATE KEY

A file of SIZE bytes is behind every path: GGUF's magic, then bytes that look random. Ends with the process that started it.
"""
import http.server
import os
import socketserver
import ssl
import sys
import threading
import time

SIZE = 1_000_000
FILE = (b"GGUF" + bytes((7 * i * i + i // 251) % 256 for i in range(SIZE)))[:SIZE]
counts = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def head(self, status, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def part(self, **changes):
        """An honest answer, but for the fields in `changes`."""
        first, last = self.range
        last = min(last, SIZE - 1)
        body = FILE[first : last + 1]
        fields = {"Content_Range": f"bytes {first}-{last}/{SIZE}", "Content_Length": len(body), "ETag": '"one"'}
        fields.update(changes)
        self.head(206, **{name: value for name, value in fields.items() if value is not None})
        return body

    def do_GET(self):
        self.close_connection = True
        what = self.path.split("/")[1]
        counts[self.path] = count = counts.get(self.path, 0) + 1
        given = self.headers.get("Range", "")
        self.range = tuple(int(word) for word in given.removeprefix("bytes=").split("-")) if given else (0, SIZE - 1)
        write = self.wfile.write
        try:
            match what:
                case "honest":
                    write(self.part())
                case "whole":
                    self.head(200, Content_Length=SIZE)
                    write(FILE)
                case "gigabytes":
                    # As many as the other side takes.
                    self.part(Content_Length=None, Connection="close")
                    for _ in range(4096):
                        write(bytes(1 << 20))
                case "long":
                    body = self.part(Content_Length=self.range[1] - self.range[0] + 1001)
                    write(body + bytes(1000))
                case "short":
                    # Always 100 bytes too few, then the connection ends.
                    write(self.part()[:-100])
                case "breaks":
                    # Breaks off after 10,000 bytes, but for the last that are left.
                    write(self.part()[:10_000])
                case "trickle":
                    write(self.part()[:100])
                case "silent":
                    time.sleep(20)
                case "drip":
                    for byte in self.part():
                        write(bytes([byte]))
                        time.sleep(0.05)
                case "other-range":
                    write(self.part(Content_Range=f"bytes {self.range[0] + 1}-{self.range[1] + 1}/{SIZE}"))
                case "no-range":
                    write(self.part(Content_Range=None))
                case "unknown-total":
                    write(self.part(Content_Range=f"bytes {self.range[0]}-{self.range[1]}/*"))
                case "huge-total":
                    write(self.part(Content_Range=f"bytes {self.range[0]}-{self.range[1]}/999999999999999999"))
                case "beyond-total":
                    write(self.part(Content_Range=f"bytes {self.range[0]}-{self.range[1]}/10"))
                case "changing":
                    write(self.part(ETag=f'"{count}"'))
                case "shrinking":
                    write(self.part(Content_Range=f"bytes {self.range[0]}-{min(self.range[1], SIZE - 1)}/{SIZE - count}"))
                case "packed":
                    write(self.part(Content_Encoding="gzip"))
                case "to-file":
                    self.head(302, Location="file:///etc/passwd", Content_Length=0)
                case "to-http":
                    self.head(302, Location="http://127.0.0.1:9/", Content_Length=0)
                case "in-circles":
                    self.head(302, Location=self.path, Content_Length=0)
                case "endless-head":
                    self.wfile.write(b"HTTP/1.1 206 Partial Content\r\n")
                    for number in range(200_000):
                        write(b"X-%d: %s\r\n" % (number, b"y" * 60))
                case "no-http":
                    write(b"SSH-2.0-OpenSSH\r\n")
                case "busy":
                    if count < 3:
                        self.head(503, Content_Length=0, Retry_After=0)
                    else:
                        write(self.part())
                case "always-busy":
                    self.head(503, Content_Length=0)
                case "forbidden" | "missing" | "teapot":
                    self.head({"forbidden": 403, "missing": 404, "teapot": 418}[what], Content_Length=0)
                case "escapes":
                    self.head(206, Content_Range="bytes \x1b[31mred", Content_Length=0)
                case "empty":
                    self.head(416, Content_Range="bytes */0", Content_Length=0)
        except (BrokenPipeError, ConnectionError, ssl.SSLError):
            pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass


def end_with_parent():
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    port, certificate, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    threading.Thread(target=end_with_parent, daemon=True).start()
    server = Server(("127.0.0.1", port), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    # Greeted in the thread of the connection: one that says nothing holds nobody up.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.serve_forever()
