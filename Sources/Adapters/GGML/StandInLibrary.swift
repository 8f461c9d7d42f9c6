/// Writes a shared library that defines symbols and does nothing.
///
/// Some Python packages link ggml into their extension module, which needs the symbols of the interpreter to load. None of
/// them is touched by ggml's own functions, so that empty ones let the module load in a program without Python.
enum StandInLibrary {
    /// The file's bytes: one segment with symbols, names, hash table and dynamic table, and after it 64 zero bytes per
    /// symbol.
    static func bytes(defining symbols: [String], machine: UInt16) -> [UInt8] {
        var names: [UInt8] = [0]
        var nameOffsets: [Int] = []
        for symbol in symbols {
            nameOffsets.append(names.count)
            names += Array(symbol.utf8) + [0]
        }
        let programHeaders = 3
        let symbolStart = 64 + 56 * programHeaders
        let nameStart = symbolStart + 24 * (symbols.count + 1)
        let hashStart = (nameStart + names.count + 7) / 8 * 8
        let dynamicStart = (hashStart + 4 * (2 + 1 + symbols.count + 1) + 7) / 8 * 8
        let dynamic: [(UInt64, Int)] = [(4, hashStart), (5, nameStart), (6, symbolStart), (10, names.count), (11, 24), (0, 0)]
        let dataStart = (dynamicStart + 16 * dynamic.count + 63) / 64 * 64
        let memorySize = dataStart + 64 * symbols.count

        var file = Writer()
        file.bytes([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        file.half(3)
        file.half(machine)
        file.word(1)
        file.long(0)
        file.long(64)
        file.long(0)
        file.word(0)
        for half: UInt16 in [64, 56, UInt16(programHeaders), 64, 0, 0] { file.half(half) }
        file.segment(kind: 1, flags: 6, start: 0, size: dataStart, memory: memorySize, alignment: 4096)
        file.segment(kind: 2, flags: 6, start: dynamicStart, size: 16 * dynamic.count, memory: 16 * dynamic.count, alignment: 8)
        // Without this segment loaders take it that the stack must be executable.
        file.segment(kind: 0x6474_E551, flags: 6, start: 0, size: 0, memory: 0, alignment: 16)

        file.bytes([UInt8](repeating: 0, count: 24))
        for (index, offset) in nameOffsets.enumerated() {
            file.word(UInt32(offset))
            file.bytes([0x11, 0])  // global, data
            file.half(1)  // in a section, of which there is no table: defined, and moving with the library
            file.long(UInt64(dataStart + 64 * index))
            file.long(64)
        }
        file.bytes(names)
        file.pad(to: hashStart)
        // One bucket: every symbol leads to the next.
        for word in [1, symbols.count + 1, symbols.isEmpty ? 0 : 1, 0] { file.word(UInt32(word)) }
        for index in symbols.indices { file.word(index + 1 < symbols.count ? UInt32(index + 2) : 0) }
        file.pad(to: dynamicStart)
        for (tag, value) in dynamic {
            file.long(tag)
            file.long(UInt64(value))
        }
        file.pad(to: dataStart)
        return file.contents
    }

    private struct Writer {
        private(set) var contents: [UInt8] = []

        mutating func bytes(_ bytes: [UInt8]) { contents += bytes }
        mutating func half(_ value: UInt16) { append(value) }
        mutating func word(_ value: UInt32) { append(value) }
        mutating func long(_ value: UInt64) { append(value) }
        mutating func pad(to size: Int) { contents += [UInt8](repeating: 0, count: max(0, size - contents.count)) }

        mutating func segment(kind: UInt32, flags: UInt32, start: Int, size: Int, memory: Int, alignment: Int) {
            word(kind)
            word(flags)
            for value in [start, start, start, size, memory, alignment] { long(UInt64(value)) }
        }

        private mutating func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { contents += Array($0) }
        }
    }
}
