import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Why a list of pieces cannot be used.
public struct ChunkListProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// What is wrong.
    public let reason: String

    /// One line.
    public var description: String { "line \(line): \(reason)" }
}

extension ChunkList {
    /// A list is no larger than this: that of a file of 3 TiB in pieces of the usual size.
    public static let limit = WholeFile.Limit("a list of pieces", 256 << 20)

    /// Reads the stored form. All or nothing: by a list with a bad line no file can be mended.
    public static func parse(_ text: [UInt8]) throws(ChunkListProblem) -> ChunkList {
        var reader = Reader(rest: text[...])
        guard let first = reader.next(), first.elementsEqual(firstLine.utf8) else {
            throw reader.problem("this is no list of pieces, which begins with \"\(firstLine)\"")
        }
        let word = try reader.value(of: "name")
        guard let name = Manifest.unescaped(word), isPlain(name) else {
            throw reader.problem("the name is not that of a file, without folders, written with %-escapes")
        }
        let size = try reader.number(of: "size", in: 0...(1 << 62))
        let chunk = try reader.number(of: "chunk", in: chunkLimits)
        let algorithmWord = try reader.value(of: "algorithm")
        guard let algorithm = Digest.Algorithm(rawValue: String(algorithmWord)), algorithms.contains(algorithm) else {
            throw reader.problem("the algorithm is \(ForeignText(String(algorithmWord))); expected sha256 or xxh128")
        }
        let count = size / chunk + (size % chunk == 0 ? 0 : 1)
        var pieces: [Piece] = []
        for _ in 0..<count {
            guard let line = reader.next(), !line.starts(with: "end ".utf8) else {
                throw reader.problem("the list ends after \(pieces.count) of \(count) pieces: it is not whole")
            }
            guard line.count == 17 + 2 * algorithm.byteCount, line[line.startIndex + 16] == UInt8(ascii: " "),
                let sum = sum(line.prefix(16)), let digest = Digest(algorithm, hex: String(decoding: line.dropFirst(17), as: UTF8.self))
            else { throw reader.problem("expected sixteen hexadecimal digits, a blank and \(2 * algorithm.byteCount) digits") }
            pieces.append(Piece(sum: sum, digest: digest))
        }
        let list = ChunkList(name: name, size: size, chunkBytes: chunk, algorithm: algorithm, pieces: pieces)
        let line = reader.next() ?? []
        guard line.starts(with: "end ".utf8) else {
            throw reader.problem(
                line.isEmpty ? "the list has no last line: it is not whole" : "there are more than the \(count) pieces of \(size) bytes")
        }
        // Ends of lines and upper-case digits do not matter: the digest is that of the list as it is written here.
        let digest = String(decoding: line.dropFirst(4), as: UTF8.self).lowercased()
        guard list.text().hasSuffix("end \(digest)\n") else {
            throw reader.problem("the digest of the list is another: the list was damaged or edited")
        }
        guard reader.rest.isEmpty else { throw reader.problem("something follows the last line") }
        return list
    }

    private static func isPlain(_ name: ForeignText) -> Bool {
        !name.isEmpty && name.raw != "." && name.raw != ".." && !name.raw.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }

    private static func sum(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-") else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// Takes line after line.
    private struct Reader {
        var rest: ArraySlice<UInt8>
        var number = 0

        mutating func next() -> ArraySlice<UInt8>? {
            guard !rest.isEmpty else { return nil }
            number += 1
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            var line = rest[rest.startIndex..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            // Lists that went through Windows end lines with two characters.
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            return line
        }

        mutating func value(of name: String) throws(ChunkListProblem) -> Substring {
            let start = "\(name) "
            guard let line = next(), line.count <= 4096, let text = String(validating: line, as: UTF8.self), text.hasPrefix(start) else {
                throw problem("expected \"\(name)\" and a value")
            }
            return text.dropFirst(start.count)
        }

        mutating func number(of name: String, in limits: ClosedRange<Int>) throws(ChunkListProblem) -> Int {
            let text = try value(of: name)
            guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let value = Int(text),
                limits.contains(value)
            else { throw problem("\(name) is \(ForeignText(String(text))); expected \(limits.lowerBound) to \(limits.upperBound)") }
            return value
        }

        func problem(_ reason: String) -> ChunkListProblem { ChunkListProblem(line: max(1, number), reason: reason) }
    }
}
