import Processes
import Suite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The other end of the adapter protocol: lets a system of this program answer as a program of its own, so that what may
/// crash or hang does so in a process that may die.
public struct AdapterServer: Sendable {
    private let system: any SystemUnderTest
    private let version: String
    private let supports: [(operation: String, types: [String])]

    /// - Parameters:
    ///   - supports: types per operation, as in the greeting.
    public init(_ system: any SystemUnderTest, version: String, supports: [(operation: String, types: [String])] = []) {
        (self.system, self.version, self.supports) = (system, version, supports)
    }

    /// Answers until goodbye or the end of the input.
    public func run(input: Int32, output: Int32) {
        Self.run(input: input, output: output) { _ in .success(self) }
    }

    /// Answers the greeting with an error: there is nothing to adapt.
    public static func refuse(_ reason: String, input: Int32, output: Int32) {
        run(input: input, output: output) { _ in .failure(ExecProblem(reason)) }
    }

    private static func run(input: Int32, output: Int32, server: (JSONValue) -> Result<AdapterServer, ExecProblem>) {
        var lines = LineReader(input)
        var bulk: BulkFile?
        var active: AdapterServer?
        while let line = lines.next() {
            guard let message = try? JSONParser.parse(line), let id = message["id"] else {
                // Goodbye has no id; anything else that cannot be read cannot be answered.
                if (try? JSONParser.parse(line))?["op"]?.string == "bye" { return }
                continue
            }
            var reply: [JSONValue.Member] = [.init("id", id)]
            if message["op"]?.string == "hello" {
                bulk = message["bulk"]?.string.flatMap { try? BulkFile(existing: $0) }
                switch server(message) {
                case .success(let server):
                    active = server
                    reply += server.greeting
                case .failure(let problem): reply.append(.init("error", .string(problem.text)))
                }
            } else {
                reply += active?.reply(to: message, bulk) ?? [.init("error", .string("no greeting yet"))]
            }
            guard Platform.writeAll(output, Array((JSONValue.object(reply).line + "\n").utf8)) else { return }
        }
    }

    private var greeting: [JSONValue.Member] {
        let lists = supports.map { JSONValue.Member($0.operation, .array($0.types.map(JSONValue.string))) }
        return [
            .init("protocol", .number(1)), .init("name", .string(system.name)), .init("version", .string(version)),
            .init("supports", .object(lists)),
        ]
    }

    private func reply(to message: JSONValue, _ bulk: BulkFile?) -> [JSONValue.Member] {
        do throws(ExecProblem) {
            let request = try ExecRequest.read(message) { payload in
                switch payload {
                case .bytes(let bytes): bytes
                case .bulk(let offset, let count): bulk?.read(count, at: offset)
                }
            }
            let shift = message["shift"]?.number ?? 0
            guard (0...64).contains(shift) else { throw ExecProblem("member \"shift\" is not from 0 to 64") }
            switch shift == 0 ? system.answer(request) : system.answer(request, shift: shift) {
            case .floats(let bits): return [.init("floats", try place(FloatBytes.bytes(bits), message, bulk))]
            case .bytes(let bytes): return [.init("bytes", try place(bytes, message, bulk))]
            case .checkedBytes(let bytes, let check): return [.init("bytes", try place(bytes, message, bulk)), .init("check", check.json)]
            case .skipped(let reason): return [.init("skipped", .string(reason))]
            case .error(let text), .crash(let text): return [.init("error", .string(text))]
            case .broken(let text): return [.init("error", .string(text)), .init("broken", .bool(true))]
            case .timeout(let seconds): return [.init("error", .string("no answer within \(seconds) s"))]
            }
        } catch {
            return [.init("error", .string(error.text))]
        }
    }

    /// A result inside the message, or in the room that the request offers.
    private func place(_ bytes: [UInt8], _ message: JSONValue, _ bulk: BulkFile?) throws(ExecProblem) -> JSONValue {
        guard let bulk, let room = message["room"].flatMap(ExecPayload.init), case .bulk(let offset, let count) = room, bytes.count <= count
        else { return ExecPayload.bytes(bytes).json }
        do { try bulk.write(bytes, at: offset) } catch { throw ExecProblem(error.reason) }
        return ExecPayload.bulk(offset: offset, count: bytes.count).json
    }
}

/// Lines from a blocking descriptor.
private struct LineReader {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its end; nil at the end of the input.
    mutating func next() -> [UInt8]? {
        var searched = 0
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeFirst(end + 1) }
                return Array(buffer[..<end])
            }
            searched = buffer.count
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }
}
