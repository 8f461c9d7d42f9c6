#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIFiles
import HIFIGGUF

/// What a shared library offers and needs, read from its file without loading it: loading runs its code.
struct ELFImage {
    /// Names of symbols that others can use.
    let defined: Set<String>
    /// Names of symbols that others must bring, weak ones left out.
    let undefined: Set<String>
    /// Names of libraries that it needs.
    let needed: [String]
    /// The processor it is for.
    let machine: UInt16

    /// Nil for anything but a 64-bit little-endian shared library with section headers.
    init?(_ bytes: ByteView) {
        guard bytes.count > 64, bytes.prefix(6).elementsEqual([0x7F, 0x45, 0x4C, 0x46, 2, 1]) else { return nil }
        guard bytes.load(UInt16.self, at: 16) == 3, let machine = bytes.load(UInt16.self, at: 18) else { return nil }
        guard let table = bytes.load(UInt64.self, at: 40).flatMap({ Int(exactly: $0) }), let count = bytes.load(UInt16.self, at: 60),
            bytes.load(UInt16.self, at: 58) == 64
        else { return nil }
        var sections: [Section] = []
        for index in 0..<Int(count) {
            let (offset, overflow) = table.addingReportingOverflow(64 * index)
            guard !overflow, let section = Section(bytes, at: offset) else { return nil }
            sections.append(section)
        }
        var defined: Set<String> = []
        var undefined: Set<String> = []
        var needed: [String] = []
        // A file has one section of each of these kinds. A second one is not examined: thousands of them may share their bytes.
        let tables = [Section.dynamicSymbols, Section.dynamic].compactMap { kind in sections.first { $0.kind == kind } }
        for section in tables {
            guard sections.indices.contains(section.link) else { continue }
            let names = sections[section.link]
            if section.kind == Section.dynamicSymbols {
                for position in stride(from: 0, to: section.contents.count - 23, by: 24) {
                    guard let name = names.string(at: section.contents.load(UInt32.self, at: position)), !name.isEmpty else { continue }
                    let binding = section.contents[position + 4] >> 4
                    if section.contents.load(UInt16.self, at: position + 6) != 0 {
                        defined.insert(name)
                    } else if binding == 1 {
                        undefined.insert(name)
                    }
                }
            } else if section.kind == Section.dynamic {
                for position in stride(from: 0, to: section.contents.count - 15, by: 16) {
                    let tag = section.contents.load(UInt64.self, at: position)
                    if tag == 0 { break }
                    let value = section.contents.load(UInt64.self, at: position + 8).map { UInt32(truncatingIfNeeded: $0) }
                    if tag == 1, let name = names.string(at: value) { needed.append(name) }
                }
            }
        }
        (self.defined, self.undefined, self.needed, self.machine) = (defined, undefined, needed, machine)
    }

    private struct Section {
        static let dynamicSymbols: UInt32 = 11
        static let dynamic: UInt32 = 6

        let kind: UInt32
        let link: Int
        let contents: ByteView

        init?(_ bytes: ByteView, at offset: Int) {
            guard let kind = bytes.load(UInt32.self, at: offset + 4), let link = bytes.load(UInt32.self, at: offset + 40),
                let start = bytes.load(UInt64.self, at: offset + 24), let size = bytes.load(UInt64.self, at: offset + 32)
            else { return nil }
            (self.kind, self.link) = (kind, Int(link))
            // A section without bytes in the file may claim any size.
            let (end, overflow) = start.addingReportingOverflow(size)
            if kind != 8, !overflow, end <= UInt64(bytes.count), let contents = bytes.slice(Int(start)..<Int(end)) {
                self.contents = contents
            } else {
                contents = ByteView([])
            }
        }

        /// The text at an offset of a string table, at most 1024 bytes of it.
        func string(at offset: UInt32?) -> String? {
            guard let offset, Int(offset) < contents.count else { return nil }
            return contents.withUnsafeBytes { raw in
                let rest = UnsafeRawBufferPointer(rebasing: raw[Int(offset)..<min(raw.count, Int(offset) + 1024)])
                guard let start = rest.baseAddress, let end = memchr(start, 0, rest.count) else { return nil }
                return String(decoding: rest[..<(UnsafeRawPointer(end) - start)], as: UTF8.self)
            }
        }
    }
}
