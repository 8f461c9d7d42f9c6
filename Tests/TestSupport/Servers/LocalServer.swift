import Foundation
import Synchronization

/// A server on the loopback address that speaks TLS, for the length of a test; nothing else is ever contacted.
public final class LocalServer: @unchecked Sendable {
    // Unchecked: the process is started and ended here only.

    /// What is served, or written by the server.
    public let folder: TemporaryFolder
    /// `https://127.0.0.1:PORT`.
    public let address: String
    /// The certificate that a client has to trust.
    public let certificate: String
    private let process: Process

    /// Why there is no server: what a test that cannot run prints.
    public struct Missing: Error, CustomStringConvertible {
        /// What is missing, and what is not checked without it.
        public let description: String
    }

    /// The program nginx, which serves `folder/files` with ranges and, below it:
    /// - `/whole/…` without ranges
    /// - `/moved/…` by redirection to the same file; `/hub/OWNER/NAME/resolve/REVISION/…` too, as a hub does
    /// - `/private/…` to those who show the token `secret`
    ///
    /// Every request is a line of `requests`.
    public static func nginx() throws -> LocalServer {
        guard let program = find("nginx") else {
            throw Missing(description: "NOT CHECKED: nginx is not installed, so nothing is read from a real server")
        }
        return try LocalServer { folder, port, certificate, key in
            try FileManager.default.createDirectory(at: folder.url("files"), withIntermediateDirectories: true)
            let root = folder.root.path
            let configuration = """
                daemon off; worker_processes 1; pid \(root)/pid; error_log \(root)/errors;
                events { worker_connections 64; }
                http {
                  log_format ranges '$request_method $uri $status $http_range $body_bytes_sent "$http_authorization"';
                  access_log \(root)/log ranges;
                  client_body_temp_path \(root)/t1; proxy_temp_path \(root)/t2; fastcgi_temp_path \(root)/t3; uwsgi_temp_path \(root)/t4;
                  scgi_temp_path \(root)/t5; default_type application/octet-stream;
                  server {
                    listen 127.0.0.1:\(port) ssl; ssl_certificate \(certificate); ssl_certificate_key \(key); root \(root)/files;
                    location /whole/ { max_ranges 0; alias \(root)/files/; }
                    location /moved/ { rewrite ^/moved/(.*)$ /$1 redirect; }
                    location /hub/ { rewrite ^/hub/[^/]+/[^/]+/resolve/[^/]+/(.*)$ /$1 redirect; }
                    location /private/ { if ($http_authorization != "Bearer secret") { return 401; } alias \(root)/files/; }
                  }
                }
                """
            try configuration.write(to: folder.url("nginx.conf"), atomically: true, encoding: .utf8)
            return (program, ["-c", "\(root)/nginx.conf", "-e", "\(root)/errors"])
        }
    }

    /// A server that lies; see `hostile.py` for how, by path.
    public static func hostile() throws -> LocalServer {
        guard let python = find("python3") else {
            throw Missing(description: "NOT CHECKED: python3 is not installed, so no server that lies is read from")
        }
        return try LocalServer { _, port, certificate, key in
            (python, [Repository.root.appendingPathComponent("Tests/TestSupport/Servers/hostile.py").path, "\(port)", certificate, key])
        }
    }

    private init(
        _ command: (_ folder: TemporaryFolder, _ port: Int, _ certificate: String, _ key: String) throws -> (String, [String])
    ) throws {
        folder = try TemporaryFolder()
        let (certificate, key) = try Self.makeCertificate(in: folder)
        self.certificate = certificate
        let port = try Self.freePort()
        address = "https://127.0.0.1:\(port)"
        let (program, arguments) = try command(folder, port, certificate, key)
        process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        _ = Self.ending
        Self.running.withLock { $0[process.processIdentifier] = folder.root.path }
        try Self.waitForPort(port)
    }

    /// Servers that run, and their folders. Those that tests keep for all of a run are never let go, so they are ended with it.
    private static let running = Mutex<[pid_t: String]>([:])
    private static let ending: Void = {
        atexit {
            for (server, folder) in LocalServer.running.withLock(\.self) {
                kill(server, SIGTERM)
                try? FileManager.default.removeItem(atPath: folder)
            }
        }
    }()

    deinit {
        _ = Self.running.withLock { $0.removeValue(forKey: process.processIdentifier) }
        process.terminate()
        process.waitUntilExit()
    }

    /// The requests so far, a line each.
    public var requests: [String] {
        get throws {
            // A request is written down after its answer was sent.
            usleep(50_000)
            return try String(contentsOf: folder.url("log"), encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    private static func find(_ program: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
        return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func makeCertificate(in folder: TemporaryFolder) throws -> (String, String) {
        let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"))
        guard let openssl = find("openssl") else {
            throw Missing(description: "NOT CHECKED: openssl is not installed, so no server can speak TLS")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: openssl)
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Missing(description: "openssl made no certificate") }
        return (certificate, key)
    }

    private static func socket() -> Int32 {
        #if canImport(Darwin)
            Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #else
            Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }

    private static func withAddress<R>(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(port).bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    /// A port that nobody listens at now.
    private static func freePort() throws -> Int {
        let descriptor = socket()
        defer { close(descriptor) }
        guard withAddress(0, { bind(descriptor, $0, $1) }) == 0 else { throw Missing(description: "no port is free") }
        var name = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: name.sin_port))
    }

    private static func waitForPort(_ port: Int) throws {
        for _ in 0..<400 {
            let descriptor = socket()
            defer { close(descriptor) }
            if withAddress(port, { connect(descriptor, $0, $1) }) == 0 { return }
            usleep(25_000)
        }
        throw Missing(description: "the server does not listen after 10 seconds")
    }
}
