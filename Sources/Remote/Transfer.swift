import HIFIFiles
import HIFIForeign
import Processes

/// Bounds of what is asked of servers, and whom to trust.
public struct TransferLimits: Sendable, Hashable {
    /// Time for a connection to stand.
    public var connecting = Duration.seconds(20)
    /// A transfer ends that brings less than a kilobyte a second for so long.
    public var stalling = Duration.seconds(30)
    /// Time for a transfer, besides what its bytes take at `slowest`.
    public var patience = Duration.seconds(60)
    /// Bytes a second that a server must bring on the whole.
    public var slowest = 64 << 10
    /// How often a transfer is tried again after a failure that may pass.
    public var retries = 3
    /// Bytes after which a transfer that broke off counts as a new one.
    public var worthwhile = 1 << 20
    /// The pause before the first of them; each other is twice as long as the one before.
    public var pause = Duration.seconds(1)
    /// The longest pause that a server may ask for.
    public var longestPause = Duration.seconds(30)
    /// Bytes of a header; longer ones are refused.
    public var headerBytes = 256 << 20
    /// Bytes of tensors that are kept in memory.
    public var tensorBytes = 4 << 30

    /// A file of certificates to trust; nil for what `curl` trusts.
    public var certificates: String?

    /// The limits that commands use.
    public init() {}
}

/// One file on a server, asked for in parts by the `curl` program, which does all that is HTTP, TLS, proxies and redirection.
///
/// Answers are not believed: a part must be the one asked for, as long as it says, of the same file as the parts before it.
package final class Transfer {
    package let address: RemoteAddress
    private let token: String?
    private let limits: TransferLimits
    /// What the first answer said of the file, which all others must say too.
    package private(set) var version: Version?
    /// How many answers were taken.
    package private(set) var requests = 0

    /// What tells one state of a file from another.
    package struct Version: Hashable, Sendable {
        let total: Int
        let tag: String?
        let modified: String?
    }

    /// Why a try failed.
    private struct Failure: Error {
        let reason: String
        /// It may go better the next time.
        var mayPass = false
        /// How the system would number it; 5 is EIO, which stands for all that is not said otherwise.
        var number: Int32 = 5
        /// How long the server asks to wait.
        var wait: Duration?
    }

    /// - Parameter version: what an earlier transfer saw; nil to take what comes.
    package init(_ address: String, hub: RemoteAddress.Hub, _ limits: TransferLimits, version: Version? = nil) throws(FileError) {
        do throws(RemoteAddress.Problem) { self.address = try RemoteAddress(address, hub: hub) } catch {
            throw FileError(path: address, operation: "fetch", reason: error.description)
        }
        (self.limits, self.version) = (limits, version)
        token = self.address.isOnHub ? hub.token : nil
        if let token, !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            throw FileError(
                path: self.address.name.raw, operation: "fetch", reason: "the token (HF_TOKEN) has characters that no token has")
        }
    }

    /// The size of the file, once something was fetched.
    package var fileBytes: Int? { version?.total }

    /// Fetches the bytes of `range`, fewer where the file ends before.
    package func bytes(_ range: Range<Int>, progress: (Int) -> Void = { _ in }) throws(FileError) -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(min(range.count, 1 << 20))
        try fetch(range) { bytes in
            all += bytes
            progress(all.count)
        }
        return all
    }

    /// Hands out the bytes of `range` as they come.
    package func stream(_ range: Range<Int>, _ take: (UnsafeRawBufferPointer) -> Void) throws(FileError) {
        try fetch(range) { bytes in bytes.withUnsafeBytes(take) }
    }

    /// A transfer that breaks off goes on where it was, which is of the same version or refused. Tries count anew once they have brought
    /// enough: a server that sends a byte at a time is given up.
    private func fetch(_ range: Range<Int>, _ take: (ArraySlice<UInt8>) -> Void) throws(FileError) {
        var failures = 0
        var done = 0
        var counted = 0
        while true {
            let end = min(range.upperBound, max(range.lowerBound, fileBytes ?? range.upperBound))
            // All of it came before the transfer failed; or, at first, the file has no such bytes.
            if done > 0, range.lowerBound + done >= end { return }
            do throws(Failure) {
                try attempt(range.lowerBound + done..<range.upperBound) { bytes in
                    done += bytes.count
                    take(bytes)
                }
                return
            } catch {
                if done - counted >= limits.worthwhile { (failures, counted) = (0, done) }
                guard error.mayPass, failures < limits.retries else { throw fileError(error, after: failures) }
                pause(error.wait ?? limits.pause * (1 << failures))
                failures += 1
            }
        }
    }

    private func pause(_ time: Duration) {
        // A wait on nothing, which signals may end early: then the next try is only made sooner.
        ChildProcess.pause(min(time, limits.longestPause))
    }

    private func fileError(_ failure: Failure, after retries: Int) -> FileError {
        let tries = retries > 0 ? " (tried \(retries + 1) times)" : ""
        return FileError(path: address.name.raw, operation: "fetch", reason: failure.reason + tries, errorNumber: failure.number)
    }

    /// One request.
    private func attempt(_ range: Range<Int>, _ take: (ArraySlice<UInt8>) -> Void) throws(Failure) {
        requests += 1
        let time = limits.patience + .seconds(range.count / max(1, limits.slowest))
        let child: ChildProcess
        do { child = try ChildProcess(["curl", "-q", "-K", "-"]) } catch {
            throw Failure(reason: error.isMissing ? "the program curl, which fetches files, is not installed" : error.reason, number: 2)
        }
        var answer = HTTPAnswer()
        var expected: Range<Int>?
        var received = 0
        var refusal: Failure?
        let end = child.stream(configuration(range, time), deadline: .now + time + .seconds(5)) { bytes in
            let hadHead = answer.head != nil
            switch answer.take(bytes) {
            case .malformed(let reason):
                refusal = Failure(reason: "the server's answer is not understood: \(reason)")
                return false
            case .body(let body):
                guard let head = answer.head else { return true }
                if !hadHead {
                    do throws(Failure) { expected = try check(head, range) } catch {
                        refusal = error
                        return false
                    }
                }
                guard let expected, body.count <= expected.count - received else {
                    refusal = Failure(reason: "the server sends more than the \(range.count) bytes that it was asked for")
                    return false
                }
                received += body.count
                if !body.isEmpty { take(body) }
                return true
            }
        }
        if let refusal { throw refusal }
        try check(end, child.complaint, time)
        guard let expected else { throw Failure(reason: "the server gave no answer", mayPass: true) }
        guard received == expected.count else {
            throw Failure(reason: "the transfer broke off after \(received) of \(expected.count) bytes", mayPass: true)
        }
    }

    /// What `curl` is told, by its standard input: other users of the machine can read command lines.
    private func configuration(_ range: Range<Int>, _ time: Duration) -> [UInt8] {
        var lines = [
            "url = \"\(address.url)\"", "range = \"\(range.lowerBound)-\(range.upperBound - 1)\"", "globoff", "silent", "show-error",
            "include", "suppress-connect-headers", "location", "max-redirs = 10", "proto = \"=https\"", "proto-redir = \"=https\"",
            "connect-timeout = \(Self.seconds(limits.connecting))", "max-time = \(Self.seconds(time))", "speed-limit = 1024",
            "speed-time = \(Self.seconds(limits.stalling))", "header = \"Accept-Encoding: identity\"", "user-agent = \"hifi\"",
        ]
        if let file = limits.certificates {
            lines.append("cacert = \"\(file.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"")
        }
        // On the way to another host curl leaves it out.
        if let token { lines.append("header = \"Authorization: Bearer \(token)\"") }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func seconds(_ time: Duration) -> Int64 { max(1, time.components.seconds) }

    /// The bytes that the answer is to bring. Throws for answers that are not the part that was asked for.
    private func check(_ head: HTTPHead, _ range: Range<Int>) throws(Failure) -> Range<Int> {
        switch head.status {
        case 206: return try checkPart(head, range)
        case 200 where head.fields["content-length"] == "0" && range.lowerBound == 0: return try accept(0..<0, of: 0, head)
        case 200:
            throw Failure(
                reason: version == nil
                    ? "the server cannot send parts of a file (it answers a request for a range with the whole); download the file"
                    : "the file was changed while it was being read")
        case 416:
            if range.lowerBound == 0, head.contentRange?.total == 0 { return try accept(0..<0, of: 0, head) }
            throw Failure(reason: "the file was changed while it was being read, or the server does not have the part asked for (416)")
        case 401, 403:
            throw Failure(
                reason: "the server refuses it (\(head.status))"
                    + (address.isOnHub && token == nil ? "; a token in the environment (HF_TOKEN) may be needed" : ""), number: 13)
        case 404, 410: throw Failure(reason: "there is no such file (\(head.status))", number: 2)
        case 408, 429, 500, 502, 503, 504:
            throw Failure(
                reason: "the server answers with status \(head.status)", mayPass: true,
                wait: head.fields["retry-after"].flatMap { Int64($0) }.map { .seconds(min(max(0, $0), 3600)) })
        default: throw Failure(reason: "the server answers with status \(head.status)")
        }
    }

    private func checkPart(_ head: HTTPHead, _ range: Range<Int>) throws(Failure) -> Range<Int> {
        if let coding = head.fields["content-encoding"], coding.lowercased() != "identity" {
            throw Failure(reason: "the server packs it (\(ForeignText(coding))), though it was asked not to")
        }
        guard let (part, total) = head.contentRange, let part else {
            throw Failure(
                reason:
                    "the server does not say which part it sends (Content-Range: \(ForeignText(head.fields["content-range"] ?? "none")))")
        }
        let wanted = range.lowerBound..<min(range.upperBound, max(range.lowerBound, total))
        guard part == wanted else {
            throw Failure(
                reason: "the server sends bytes \(part.lowerBound) to \(part.upperBound - 1) of \(total), not \(wanted.lowerBound) to "
                    + "\(wanted.upperBound - 1)")
        }
        if let length = head.fields["content-length"], Int(length) != part.count {
            throw Failure(reason: "the server's lengths differ: \(part.count) by Content-Range, \(ForeignText(length)) by Content-Length")
        }
        return try accept(part, of: total, head)
    }

    private func accept(_ part: Range<Int>, of total: Int, _ head: HTTPHead) throws(Failure) -> Range<Int> {
        let now = Version(total: total, tag: head.fields["etag"], modified: head.fields["last-modified"])
        guard version == nil || version == now else { throw Failure(reason: "the file was changed while it was being read") }
        version = now
        return part
    }

    /// How `curl` ended (its manual, EXIT CODES).
    private func check(_ end: ChildProcess.StreamEnd, _ complaint: String, _ time: Duration) throws(Failure) {
        guard case .ended(let status) = end else {
            throw Failure(reason: "nothing came of it in \(time.components.seconds) seconds", mayPass: false)
        }
        guard case .exited(let code) = status, code != 0 else {
            guard status.isSuccess else { throw Failure(reason: "curl ended by \(status)") }
            return
        }
        // A proxy's address may have a password in it.
        let words = complaint.replacing("\n", with: " ").replacing(#/:\/\/[^\s\/']*@/#, with: "://…@")
        let said = words.isEmpty ? "curl's exit status is \(code)" : words
        switch code {
        case 1 where said.contains("HTTP/0.9"): throw Failure(reason: "the server does not speak HTTP (\(said))")
        case 1: throw Failure(reason: "it leads to an address that is not https:// (\(said))")
        case 47: throw Failure(reason: "it leads from address to address without an end (\(said))")
        case 28: throw Failure(reason: "the server is too slow or does not answer (\(said))")
        case 60: throw Failure(reason: "its certificate is not trusted; CURL_CA_BUNDLE names others to trust (\(said))")
        // A proxy of a kind that there is not stays one.
        case 7 where said.contains("proxy scheme"): throw Failure(reason: said)
        case 6, 7, 16, 18, 52, 55, 56, 92, 95: throw Failure(reason: said, mayPass: true)
        default: throw Failure(reason: said)
        }
    }
}
