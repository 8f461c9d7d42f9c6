import HIFIForeign

/// One row of the library's tables: what it says about a type, and its functions.
package struct GGMLType {
    /// The library's own number and name.
    let id: Int32
    let name: ForeignText
    let elements: Int
    let bytes: Int
    /// Addresses of functions; nil where the library has none.
    let toFloat: UInt?
    let fromFloatReference: UInt?
    let fromFloat: UInt?
    let vecDot: UInt?
    /// Number of the type that `vecDot` takes as its second operand.
    let vecDotType: Int32?
}

/// Reads the library's tables of type traits.
///
/// The layout of the structs has changed over the years and no function tells how many types there are. So the distance of
/// the first two rows tells the layout, every figure is compared with what the library's functions say about the type,
/// and the table ends at the first row that cannot be one.
struct GGMLTypeTable {
    let types: [GGMLType]

    private typealias Traits = @convention(c) (Int32) -> UnsafeRawPointer?

    init(_ library: GGMLLoader) throws(GGMLUnavailable) {
        guard let memory = MemoryMap() else { throw GGMLUnavailable("this system does not show the memory map (/proc/self/maps)") }
        let (first, stride) = try Self.rows(library, "ggml_get_type_traits", memory)
        guard let layout = Layout(stride: stride) else {
            throw GGMLUnavailable("its type traits are structs of \(stride) bytes, a layout that is not known here")
        }
        var cpu: (first: UInt, stride: Int)?
        if library.address("ggml_get_type_traits_cpu") != nil {
            cpu = try Self.rows(library, "ggml_get_type_traits_cpu", memory)
            guard cpu?.stride == Layout.cpuStride else {
                throw GGMLUnavailable("its processor traits are structs of \(cpu?.stride ?? 0) bytes, a layout that is not known here")
            }
        }
        let sizes = Sizes(library)
        var types: [GGMLType] = []
        for id in 0..<Int32(256) {
            guard let row = Row(first &+ UInt(Int(id) * stride), layout, memory) else { break }
            guard let name = row.name, row.elements > 0, row.bytes > 0 else { continue }  // a number without a type
            guard sizes.agree(id, row) else {
                throw GGMLUnavailable("type \(id) (\(ForeignText(name))) has another size in its table than by its functions")
            }
            let own = cpu.map { CPURow($0.first &+ UInt(Int(id) * $0.stride), memory) } ?? row.combined
            types.append(
                GGMLType(
                    id: id, name: ForeignText(name), elements: row.elements, bytes: row.bytes, toFloat: row.toFloat,
                    fromFloatReference: row.fromFloatReference, fromFloat: own?.fromFloat, vecDot: own?.vecDot, vecDotType: own?.vecDotType)
            )
        }
        guard types.contains(where: { $0.name.raw.lowercased() == "q8_0" && $0.elements == 32 && $0.bytes == 34 }) else {
            throw GGMLUnavailable("its table of types has no q8_0 of 32 weights in 34 bytes; it cannot be read")
        }
        self.types = types
    }

    /// Where a table begins and how long its rows are. The first two types exist in every version.
    private static func rows(_ library: GGMLLoader, _ function: String, _ memory: MemoryMap) throws(GGMLUnavailable) -> (UInt, Int) {
        guard let address = library.address(function) else { throw GGMLUnavailable("it has no \(function)") }
        let traits = unsafeBitCast(address, to: Traits.self)
        guard let first = traits(0).map(UInt.init(bitPattern:)), let second = traits(1).map(UInt.init(bitPattern:)), second > first,
            second - first <= 512, memory.canRead(first, Int(second - first))
        else { throw GGMLUnavailable("its \(function) does not lead to a table") }
        return (first, Int(second - first))
    }

    /// Offsets in a row. All pointers and counts have 8 bytes, so each member lies at a multiple of 8.
    private struct Layout {
        static let cpuStride = 32

        let typeSize: Int
        let toFloat: Int
        /// Since November 2024 the fast functions have a table of their own.
        let isCombined: Bool

        init?(stride: Int) {
            switch stride {
            case 56: (typeSize, toFloat, isCombined) = (24, 40, false)  // name, block, interleave, size, flag, to_float, from_float_ref
            case 48: (typeSize, toFloat, isCombined) = (16, 32, false)  // the same without interleave
            case 96...120: (typeSize, toFloat, isCombined) = (24, 40, true)  // then from_float, from_float_ref, to_mat, vec_dot, its type
            default: return nil
            }
        }
    }

    private struct Row {
        let name: String?
        let elements: Int
        let bytes: Int
        let toFloat: UInt?
        let fromFloatReference: UInt?
        let combined: CPURow?

        /// Nil if this cannot be a row.
        init?(_ address: UInt, _ layout: Layout, _ memory: MemoryMap) {
            guard memory.canRead(address, layout.toFloat + 16) else { return nil }
            func word(_ offset: Int) -> UInt { UnsafePointer<UInt>(bitPattern: address &+ UInt(offset))?.pointee ?? 0 }
            func isFunctionOrNone(_ value: UInt) -> Bool { value == 0 || memory.isCode(value) }
            let functions = layout.isCombined ? 4 : 2
            guard word(8) <= 65_536, word(layout.typeSize) <= 65_536, word(layout.typeSize + 8) & 0xFF <= 1 else { return nil }
            guard !layout.isCombined || memory.canRead(address, layout.toFloat + 48) else { return nil }
            guard (0..<functions).allSatisfy({ isFunctionOrNone(word(layout.toFloat + 8 * $0)) }) else { return nil }
            if word(0) == 0 {
                name = nil
            } else {
                guard let text = memory.text(at: word(0)) else { return nil }
                name = text
            }
            (elements, bytes) = (Int(word(8)), Int(word(layout.typeSize)))
            func function(_ index: Int) -> UInt? { word(layout.toFloat + 8 * index) == 0 ? nil : word(layout.toFloat + 8 * index) }
            toFloat = function(0)
            fromFloatReference = function(layout.isCombined ? 2 : 1)
            combined =
                layout.isCombined
                ? CPURow(fromFloat: function(1), vecDot: function(4), vecDotType: Int32(truncatingIfNeeded: word(layout.toFloat + 40)))
                : nil
        }
    }

    private struct CPURow {
        let fromFloat: UInt?
        let vecDot: UInt?
        let vecDotType: Int32

        init(fromFloat: UInt?, vecDot: UInt?, vecDotType: Int32) {
            (self.fromFloat, self.vecDot, self.vecDotType) = (fromFloat, vecDot, vecDotType)
        }

        /// Nil if this cannot be a row: then the type has no functions here.
        init?(_ address: UInt, _ memory: MemoryMap) {
            guard memory.canRead(address, Layout.cpuStride) else { return nil }
            func word(_ offset: Int) -> UInt { UnsafePointer<UInt>(bitPattern: address &+ UInt(offset))?.pointee ?? 0 }
            func function(_ value: UInt) -> UInt? { memory.isCode(value) ? value : nil }
            guard word(0) == 0 || memory.isCode(word(0)), word(8) == 0 || memory.isCode(word(8)) else { return nil }
            self.init(fromFloat: function(word(0)), vecDot: function(word(8)), vecDotType: Int32(truncatingIfNeeded: word(16)))
        }
    }

    /// What the library's functions say about sizes.
    private struct Sizes {
        typealias Elements = @convention(c) (Int32) -> Int64
        typealias Bytes = @convention(c) (Int32) -> Int

        let elements: Elements?
        let bytes: Bytes?

        init(_ library: GGMLLoader) {
            elements = library.address("ggml_blck_size").map { unsafeBitCast($0, to: Elements.self) }
            bytes = library.address("ggml_type_size").map { unsafeBitCast($0, to: Bytes.self) }
        }

        func agree(_ id: Int32, _ row: Row) -> Bool {
            (elements.map { Int($0(id)) == row.elements } ?? true) && (bytes.map { $0(id) == row.bytes } ?? true)
        }
    }
}
