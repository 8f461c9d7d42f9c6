import HIFIBlockSpec
import HIFIGGUF

/// Look-ups over the spec that identification makes many times.
package enum KnownFormats {
    /// Every format by its id.
    package static let byID: [String: BlockFormat] = Dictionary(Spec.formats.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// Every type id with a meaning, for each dialect by its id.
    package static let types: [String: [UInt32: TypeAssignment]] = Dictionary(
        Spec.dialects.map { dialect in
            (dialect.id, Dictionary(dialect.types.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
        }, uniquingKeysWith: { first, _ in first })

    /// All type ids that some dialect gives a format.
    static let assignedIDs: Set<UInt32> = Set(types.values.flatMap { $0.values }.filter { !$0.formats.isEmpty }.map(\.id))

    /// The formats that upstream's newest dialect knows.
    package static let stock: [String] = (types["upstream"] ?? [:]).values.sorted { $0.id < $1.id }.flatMap(\.formats)

    private static let stockSet = Set(stock)

    /// The type id of a stock format in upstream's dialect.
    package static func upstreamID(of format: String) -> UInt32? {
        (types["upstream"] ?? [:]).values.first { $0.formats.contains(format) }?.id
    }

    /// Whether upstream has the format.
    package static func isStock(_ format: String) -> Bool { stockSet.contains(format) }

    /// The formats that only projects other than upstream and the HIFI fork have.
    private static let foreign: Set<String> = {
        func formats(_ isMeant: (DialectFamily) -> Bool) -> Set<String> {
            Set(Spec.dialects.filter { isMeant($0.family) }.flatMap(\.ownTypes).flatMap(\.formats))
        }
        return formats { $0 == .other }.subtracting(formats { $0 != .other })
    }()

    /// Whether only projects other than upstream and the HIFI fork have the format.
    package static func isForeign(_ format: String) -> Bool { foreign.contains(format) }

    /// Whether the format is one of the HIFI fork's own.
    package static func isHIFI(_ format: String) -> Bool {
        format.contains("_hifi") || format.contains("_lite") || format.contains("_turbo")
    }

    /// Whether two formats give the same weights for the same bytes.
    ///
    /// The revisions r12a, r12b and r12c, for instance, differ in what their encoders write and not in what a block means. Formats
    /// known by size only are equal to themselves only.
    package static func meansTheSame(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        guard let a = byID[a], let b = byID[b], let rule = a.decoding, rule == b.decoding else { return false }
        return a.bytes == b.bytes && a.elements == b.elements && a.rowHeader == b.rowHeader && a.fields == b.fields
    }

    /// Bytes for 256 weights.
    package static func bytesPer256(_ format: BlockFormat) -> Double { Double(format.bytes) * 256 / Double(format.elements) }

    /// How many bytes weights take, the headers of rows and the end of the tensor included: `136 bytes per 256 weights and 4 a row`.
    package static func sizeText(_ format: BlockFormat) -> String { withExtras("\(shortSize(format)) bytes per 256 weights", format) }

    /// The same in a comparison: `136`, `136 and 4 a row`.
    package static func sizeNumber(_ format: BlockFormat) -> String { withExtras(shortSize(format), format) }

    private static func shortSize(_ format: BlockFormat) -> String { NumberText.short(bytesPer256(format)) }

    private static func withExtras(_ text: String, _ format: BlockFormat) -> String {
        let extras = [(format.headerBytes, "a row"), (format.tensorTail, "at the end")].filter { $0.0 > 0 }.map { "\($0) \($1)" }
        return NumberText.list([text] + extras)
    }
}

extension BlockFormat {
    /// Elements and bytes, for the layout.
    package var size: HIFIGGUF.BlockSize {
        HIFIGGUF.BlockSize(elements: elements, bytes: bytes, rowHeader: headerBytes, tail: tensorTail)
    }
}
