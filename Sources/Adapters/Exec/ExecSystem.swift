import HIFIFiles
import HIFIForeign
import Processes
import Suite
import Synchronization

/// Any program that speaks the adapter protocol (`Vectors/PROTOCOL.md`): JSON lines on standard input and output.
///
/// The program runs in a process group of its own. If it dies, hangs or talks nonsense, that is the answer to the request at
/// hand; it is killed and started again for the next one. After three starts in a row that failed it is not started again.
public final class ExecSystem: SystemUnderTest {
    /// `exec:` and the command, unless another name was given.
    public let name: String
    /// Whether the program is a ggml, which aborts where it cannot go on.
    public let refusesByAborting: Bool
    private let session: Mutex<ExecSession>

    /// Nothing is started before the first request or `start`.
    ///
    /// - Parameters:
    ///   - command: program and arguments; the program is looked up in PATH.
    ///   - name: for reports.
    ///   - timeout: how long one answer may take.
    ///   - startTimeout: how long the greeting may take; nil for as long as an answer.
    ///   - refusesByAborting: whether aborting is how the program refuses.
    public init(
        command: [String], name: String? = nil, timeout: Duration = .seconds(60), startTimeout: Duration? = nil,
        refusesByAborting: Bool = false
    ) {
        self.refusesByAborting = refusesByAborting
        self.name = name ?? "exec:\(ForeignText(path: command.joined(separator: " ")))"
        session = Mutex(ExecSession(command: command, timeout: timeout, startTimeout: startTimeout ?? timeout))
    }

    /// Starts the program if it is not running, and returns its greeting.
    @discardableResult
    public func start() throws(ExecStartError) -> ExecGreeting {
        let result = session.withLock { session in Result { () throws(ExecStartError) in try session.start() } }
        return try result.get()
    }

    /// How the program introduced itself; nil before it has.
    public var greeting: ExecGreeting? { session.withLock { $0.greeting } }

    /// What this process could not read or write of what it shares with the program. Answers since then say nothing of the program.
    public var failure: FileError? { session.withLock { $0.failure } }

    /// Answers one request.
    public func answer(_ request: Request) -> Answer { session.withLock { $0.answer(request, shift: 0) } }

    /// Answers one request, and tells the program where its operands are to lie.
    public func answer(_ request: Request, shift: Int) -> Answer { session.withLock { $0.answer(request, shift: shift) } }

    /// Says goodbye; the program has two seconds to end. A later request starts it again.
    public func stop() { session.withLock { $0.stop() } }

    /// Ends the program; the next request starts it again, with memory that holds something else.
    public func restart() { stop() }

    /// What one line means as the answer to a request, with no program behind it: lines of any kind are tried so. There is no bulk file.
    ///
    /// - Parameter id: the number that the request was sent under.
    package static func answer(line: [UInt8], to request: Request, id: Int) -> Answer {
        let session = ExecSession(command: [], timeout: .zero, startTimeout: .zero)
        switch ExecSession.parse(line, id) {
        case .success(let reply): return session.read(reply, ExecRequest(request))
        case .failure(let problem): return .broken(problem.text)
        }
    }
}

/// Why an adapter does not work at all.
public enum ExecStartError: Error, Hashable, CustomStringConvertible, Sendable {
    /// There is no such program, or it says that what it adapts is not there.
    case unavailable(String)
    /// It started and then did not greet as the protocol demands.
    case failed(Answer)

    /// The reason, in words.
    public var description: String {
        switch self {
        case .unavailable(let reason): reason
        case .failed(.crash(let reason)): "the adapter ended before its greeting: \(reason)"
        case .failed(.timeout(let seconds)): "the adapter sent no greeting within \(seconds) s"
        case .failed(.error(let reason)), .failed(.broken(let reason)): "the adapter's greeting is malformed: \(reason)"
        case .failed(let answer): "\(answer)"
        }
    }

    package var answer: Answer {
        switch self {
        case .unavailable(let reason): .broken(reason)
        case .failed(let answer): answer
        }
    }
}

/// The running program and the state of the conversation with it.
struct ExecSession: ~Copyable {
    private let command: [String]
    private let timeout: Duration
    private let startTimeout: Duration
    private var child: ChildProcess?
    private(set) var greeting: ExecGreeting?
    private var bulk: BulkFile?
    private var nextID = 0
    private var failedStarts = 0
    private var lastFailure: ExecStartError?

    var failure: FileError? { bulk?.failure }

    private static let startsTried = 3
    /// Bytes taken of an answer whose right size is not known.
    private static let unknownAnswerLimit = 1 << 25
    /// Bytes kept of a reason that an adapter gives; a report may hold thousands of them.
    private static let reasonLimit = 2000

    init(command: [String], timeout: Duration, startTimeout: Duration) {
        (self.command, self.timeout, self.startTimeout) = (command, timeout, startTimeout)
    }

    deinit { child?.dismiss(Self.farewell) }

    private static var farewell: [UInt8] { Array("{\"op\": \"bye\"}\n".utf8) }

    mutating func stop() {
        child?.dismiss(Self.farewell)
        child = nil
    }

    mutating func start() throws(ExecStartError) -> ExecGreeting {
        if let greeting, child?.isRunning() == true { return greeting }
        if failedStarts >= Self.startsTried, let lastFailure { throw lastFailure }
        do {
            let greeting = try greet()
            failedStarts = 0
            self.greeting = greeting
            return greeting
        } catch {
            child = nil
            failedStarts += 1
            lastFailure = error
            throw error
        }
    }

    private mutating func greet() throws(ExecStartError) -> ExecGreeting {
        let child: ChildProcess
        do { child = try ChildProcess(command) } catch {
            throw error.isMissing ? .unavailable(error.reason) : .failed(.crash(error.reason))
        }
        self.child = child
        if bulk == nil {
            do { bulk = try BulkFile() } catch { throw .unavailable(error.reason) }
        }
        let id = takeID()
        let hello: [JSONValue.Member] = [
            .init("op", .string("hello")), .init("id", .number(id)), .init("protocol", .number(1)),
            .init("bulk", .string(bulk?.path ?? "")),
        ]
        let reply: JSONValue
        switch ask(child, hello, id, lineLimit: 1 << 20, limit: startTimeout) {
        case .success(let json): reply = json
        case .failure(let failure): throw .failed(failure.answer)
        }
        if let reason = reply["error"]?.string { throw .unavailable(Self.clipped(reason)) }
        if let version = reply["protocol"]?.number, version != 1 {
            throw .failed(.broken("it speaks version \(version) of the protocol; this is version 1"))
        }
        guard let greeting = ExecGreeting(reply) else { throw .failed(.broken("needs \"name\", and lists of names in \"supports\"")) }
        return greeting
    }

    mutating func answer(_ request: Request, shift: Int) -> Answer {
        // A program may end between two requests; dying of a signal there is still a crash.
        if let child, !child.isRunning() {
            self.child = nil
            if case .signalled = child.status {
                return .crash(describe(child, "it died after its last answer: \(child.status.map { "\($0)" } ?? "")"))
            }
        }
        let greeting: ExecGreeting
        do { greeting = try start() } catch { return error.answer }
        guard let child else { return .crash("not running") }

        let message = ExecRequest(request)
        guard greeting.covers(message.operation, message.type) else {
            return .skipped(reason: "\(greeting.name) does not list \(message.operation.rawValue) of \(message.type)")
        }
        let id = takeID()
        var members: [JSONValue.Member] = [
            .init("op", .string(message.operation.rawValue)), .init("id", .number(id)), .init("type", .string(message.type)),
        ]
        members += message.words
        if shift > 0 { members.append(.init("shift", .number(shift))) }
        do throws(BulkFile.BulkError) { members += try payloads(message) } catch { return .broken(error.reason) }
        let lineLimit = 1 << 20 + 3 * (message.answerBytes ?? Self.unknownAnswerLimit)
        switch ask(child, members, id, lineLimit: lineLimit, limit: timeout) {
        case .failure(let failure): return failure.answer
        case .success(let reply): return read(reply, message)
        }
    }

    private mutating func takeID() -> Int {
        nextID += 1
        return nextID
    }

    /// The payload members: small ones inside the message, large ones one after another in the bulk file, and after them
    /// room for a large answer.
    private func payloads(_ message: ExecRequest) throws(BulkFile.BulkError) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        var offset = 0
        for (name, bytes) in message.payloads {
            guard bytes.count > ExecPayload.inlineLimit else {
                members.append(.init(name, ExecPayload.bytes(bytes).json))
                continue
            }
            try bulk?.write(bytes, at: offset)
            members.append(.init(name, ExecPayload.bulk(offset: offset, count: bytes.count).json))
            offset = (offset + bytes.count + 63) / 64 * 64
        }
        if let count = message.answerBytes, count > ExecPayload.inlineLimit {
            // A pattern that is not an answer: one that was never written must not pass for the one before.
            try bulk?.write([UInt8](repeating: 0xAA, count: count), at: offset)
            members.append(.init("room", ExecPayload.bulk(offset: offset, count: count).json))
        }
        return members
    }

    /// Why there is no reply.
    private struct Failed: Error {
        let answer: Answer
    }

    /// One message and the line that answers it. Whatever goes wrong ends the program: after nonsense nobody knows where the
    /// next answer begins.
    private mutating func ask(
        _ child: ChildProcess, _ members: [JSONValue.Member], _ id: Int, lineLimit: Int, limit: Duration
    ) -> Result<JSONValue, Failed> {
        let line = Array((JSONValue.object(members).line + "\n").utf8)
        let event = child.exchange(line, lineLimit: lineLimit, deadline: .now + limit)
        switch event {
        case .line(let text):
            switch Self.parse(text, id) {
            case .success(let reply): return .success(reply)
            case .failure(let problem):
                end(child)
                return .failure(Failed(answer: .broken(describe(child, problem.text))))
            }
        case .oversized:
            end(child)
            return .failure(Failed(answer: .broken(describe(child, "an answer of more than \(lineLimit) bytes without an end of line"))))
        case .timeout:
            end(child)
            return .failure(Failed(answer: .timeout(seconds: limit / .seconds(1))))
        case .ended(let status):
            end(child)
            return .failure(Failed(answer: .crash(describe(child, "\(status)"))))
        }
    }

    private mutating func end(_ child: ChildProcess) {
        child.kill()
        self.child = nil
    }

    fileprivate static func parse(_ text: [UInt8], _ id: Int) -> Result<JSONValue, ExecProblem> {
        let excerpt = "\"\(ForeignText(decoding: text.prefix(120)))\"" + (text.count > 120 ? "…" : "")
        let reply: JSONValue
        do { reply = try JSONParser.parse(text) } catch {
            return .failure(ExecProblem("an answer that is not JSON (\(error)): \(excerpt)"))
        }
        guard reply.members != nil else { return .failure(ExecProblem("an answer that is not a JSON object: \(excerpt)")) }
        guard let answered = reply["id"]?.number else { return .failure(ExecProblem("an answer without an \"id\": \(excerpt)")) }
        guard answered == id else { return .failure(ExecProblem("an answer to request \(answered), but \(id) was asked: \(excerpt)")) }
        return .success(reply)
    }

    /// The text with what the program last said on standard error.
    private func describe(_ child: ChildProcess, _ text: String) -> String {
        let complaint = child.complaint
        return complaint.isEmpty ? text : "\(text); its last output:\n\(complaint)"
    }

    /// Turns a reply into an answer and checks its size.
    fileprivate func read(_ reply: JSONValue, _ message: ExecRequest) -> Answer {
        let results = ["floats", "bytes", "skipped", "error"].filter { reply[$0] != nil }
        guard results.count == 1, let kind = results.first, let value = reply[kind] else {
            return .broken("an answer needs exactly one of floats, bytes, skipped and error; this one has \(results.count)")
        }
        if kind == "skipped" || kind == "error" {
            guard let words = value.string else { return .broken("\"\(kind)\" must be a string") }
            let text = Self.clipped(words)
            if kind == "skipped" { return .skipped(reason: text) }
            return reply["broken"]?.bool == true ? .broken(text) : .error(text)
        }
        let wanted = [.decode, .dot, .product].contains(message.operation) ? "floats" : "bytes"
        guard kind == wanted else { return .broken("\(message.operation.rawValue) is answered with \"\(wanted)\", not \"\(kind)\"") }
        guard let payload = ExecPayload(value) else {
            return .broken("\"\(kind)\" is neither hexadecimal nor base64 nor a part of the bulk file")
        }
        // Compared before anything is read: an adapter can make the bulk file as large as it likes.
        if case .bulk(_, let count) = payload, count > message.answerBytes ?? Self.unknownAnswerLimit {
            let right = message.answerBytes.map { "\($0) are right for this request" } ?? "at most \(Self.unknownAnswerLimit) are taken"
            return .broken("an answer of \(count) bytes; \(right)")
        }
        guard let bytes = contents(payload) else {
            return .broken("\"\(kind)\" is neither hexadecimal nor base64 nor a part of the bulk file")
        }
        if let expected = message.answerBytes, bytes.count != expected {
            return .broken("an answer of \(bytes.count) bytes; \(expected) are right for this request")
        }
        if kind == "bytes" {
            guard let value = reply["check"], message.operation == .encode else { return .bytes(bytes) }
            guard let check = OwnCheck(value) else {
                return .broken("\"check\" needs \"verdict\", one of rejects, accepts and none, and \"by\"")
            }
            return .checkedBytes(bytes, check)
        }
        guard let bits = FloatBytes.bits(bytes) else { return .broken("\(bytes.count) bytes are not whole fp32 scalars") }
        return .floats(bits)
    }

    /// The beginning of an adapter's words, printable.
    private static func clipped(_ words: String) -> String {
        let count = words.utf8.count
        guard count > reasonLimit else { return "\(ForeignText(sentence: words))" }
        return "\(ForeignText(sentence: String(decoding: words.utf8.prefix(reasonLimit), as: UTF8.self)))… (\(count) bytes in all)"
    }

    private func contents(_ payload: ExecPayload) -> [UInt8]? {
        switch payload {
        case .bytes(let bytes): bytes
        case .bulk(let offset, let count): bulk?.read(count, at: offset)
        }
    }
}
