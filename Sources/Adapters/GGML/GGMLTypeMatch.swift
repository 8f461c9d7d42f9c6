import HIFIBlockSpec
import HIFIReference

/// Which of our formats a type of a library is: by its name and block size, never by its number, which means different things
/// in different builds.
package struct GGMLTypeMatch {
    let type: GGMLType
    /// The format that the library's type is taken to be.
    let format: BlockFormat
    /// Formats with the same name, size and meaning of decoded blocks, `format` among them.
    let decodesAs: Set<String>

    /// Nil for a type that the spec does not know under this name and size.
    ///
    /// Where revisions share name and size, the library is asked to decode blocks on which they differ, and is taken for one
    /// that it decodes correctly; if there is none, for the one that the plain name means.
    init?(_ type: GGMLType, decode: ([UInt8], Int) -> [UInt32]?) {
        let name = type.name.raw.lowercased()
        let candidates = Spec.formats.filter { format in
            format.elements == type.elements && format.bytes == type.bytes && Self.names(of: format).contains(name)
        }
        // Among revisions of one size the one with a short name of its own is the one that the short name means.
        guard let preferred = candidates.last(where: { !$0.aliases.isEmpty }) ?? candidates.last else { return nil }
        self.type = type
        let alike = candidates.count > 1 ? candidates.filter { Self.decodesRightly($0, decode) } : candidates
        format = alike.contains(preferred) ? preferred : alike.last ?? preferred
        decodesAs = Set(alike.map(\.id)).union([format.id])
    }

    /// Lower-case names under which any known dialect lists the format, and our own.
    private static func names(of format: BlockFormat) -> Set<String> {
        (namesByFormat[format.id] ?? []).union([format.id, format.family]).union(format.aliases)
    }

    private static let namesByFormat: [String: Set<String>] = {
        var names: [String: Set<String>] = [:]
        for type in Spec.dialects.flatMap(\.types) {
            for format in type.formats { names[format, default: []].insert(type.name.lowercased()) }
        }
        return names
    }()

    /// Compares blocks of every number of outliers, with positions twice and unsorted, empty slots that are not empty, and set
    /// padding. All scales are moderate and no count exceeds the slots, so that no decoder is led astray.
    private static func decodesRightly(_ format: BlockFormat, _ decode: ([UInt8], Int) -> [UInt32]?) -> Bool {
        guard let reference = try? ReferenceDecoder(format) else { return false }
        let blocks = probes(bytes: format.bytes, floats: format.fields.filter(\.type.canBeNonFinite), count: 24)
        guard let expected = try? reference.decode(blocks), let found = decode(blocks, expected.count) else { return false }
        return zip(expected, found).allSatisfy { $0.bitPattern == $1 || ($0.isNaN && Float(bitPattern: $1).isNaN) }
    }

    private static func probes(bytes: Int, floats: [Field], count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        var blocks: [UInt8] = []
        for index in 0..<count {
            var block = (0..<bytes).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
            for field in floats {
                for scalar in 0..<field.count { block[field.offset + (scalar + 1) * field.type.bytes - 1] &= 0xBB }
            }
            // Where one revision has a count, another has padding or a byte of another field.
            for offset in [134, 135, 110, 158, 159] where offset < bytes { block[offset] = UInt8(index % 9) }
            blocks += block
        }
        return blocks
    }
}
