/// Expected bytes of which some may be anything: padding that a format declares but nobody has to write.
///
/// As text: hexadecimal digits, `..` for a byte that does not matter.
public struct MaskedBytes: Sendable, Hashable {
    /// The bytes; zero where they do not matter.
    public let bytes: [UInt8]
    /// Which of them matter, one per byte; empty if all do.
    public let matters: [Bool]

    /// Expects exactly these bytes, but for those at positions where `matters` is false.
    public init(_ bytes: [UInt8], matters: [Bool] = []) {
        let isMasked = matters.count == bytes.count && matters.contains(false)
        self.bytes = isMasked ? zip(bytes, matters).map { $1 ? $0 : 0 } : bytes
        self.matters = isMasked ? matters : []
    }

    /// Reads the text form; nil if it is malformed.
    public init?(text: String) {
        guard text.utf8.contains(UInt8(ascii: ".")) else {
            guard let bytes = Hex.bytes(text) else { return nil }
            self.init(bytes)
            return
        }
        let characters = Array(text.utf8)
        guard characters.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var matters: [Bool] = []
        for index in stride(from: 0, to: characters.count, by: 2) {
            if characters[index] == UInt8(ascii: "."), characters[index + 1] == UInt8(ascii: ".") {
                bytes.append(0)
                matters.append(false)
            } else {
                guard let high = Hex.digit(characters[index]), let low = Hex.digit(characters[index + 1]) else { return nil }
                bytes.append(high << 4 | low)
                matters.append(true)
            }
        }
        self.init(bytes, matters: matters)
    }

    /// The text form.
    public var text: String {
        guard !matters.isEmpty else { return Hex.text(bytes) }
        return zip(bytes, matters).map { $1 ? Hex.text([$0]) : ".." }.joined()
    }

    /// The first position where `other`, which must be as long, differs in a byte that matters.
    public func firstDifference(from other: [UInt8]) -> Int? {
        bytes.indices.first { (matters.isEmpty || matters[$0]) && bytes[$0] != other[$0] }
    }
}
