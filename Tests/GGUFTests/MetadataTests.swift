import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("Typed access to metadata")
struct MetadataTests {
    static func metadata(_ entries: [GGUFBuilder.Entry]) -> Metadata {
        var builder = GGUFBuilder()
        builder.entries = entries
        return GGUFScan.scan(builder.build().bytes).metadata
    }

    @Test("every scalar type comes back as it was stored")
    func scalars() {
        let metadata = Self.metadata([
            .init("u8", .uint8(.max)), .init("i8", .int8(.min)), .init("u16", .uint16(.max)), .init("i16", .int16(.min)),
            .init("u32", .uint32(.max)), .init("i32", .int32(.min)), .init("u64", .uint64(.max)), .init("i64", .int64(.min)),
            .init("f32", .float32(-0.0)), .init("f64", .float64(.leastNonzeroMagnitude)), .init("yes", .bool(true)),
            .init("text", .string("Grüße 🦙")),
        ])
        #expect(metadata["u8"]?.uint8 == .max)
        #expect(metadata["i8"]?.int8 == .min)
        #expect(metadata["u16"]?.uint16 == .max)
        #expect(metadata["i16"]?.int16 == .min)
        #expect(metadata["u32"]?.uint32 == .max)
        #expect(metadata["i32"]?.int32 == .min)
        #expect(metadata["u64"]?.uint64 == .max)
        #expect(metadata["i64"]?.int64 == .min)
        #expect(metadata["f32"]?.float32?.bitPattern == 0x8000_0000)
        #expect(metadata["f64"]?.float64 == .leastNonzeroMagnitude)
        #expect(metadata["yes"]?.bool == true)
        #expect(metadata["text"]?.string == "Grüße 🦙")
        #expect(metadata["u8"]?.uint32 == nil)
        #expect(metadata["nothing"]?.uint8 == nil)
    }

    @Test("any integer type serves as an integer where it fits")
    func integers() throws {
        let metadata = Self.metadata([
            .init("u8", .uint8(200)), .init("i64", .int64(-5)), .init("big", .uint64(.max)), .init("f32", .float32(1)),
        ])
        #expect(metadata["u8"]?.integer == 200)
        #expect(metadata["i64"]?.integer == -5)
        #expect(metadata["big"]?.integer == nil)
        #expect(metadata["f32"]?.integer == nil)
        #expect(try metadata.count("u8") == 200)
        #expect(throws: MetadataError.badValue(key: "i64", expected: "0 or more", found: "-5")) { try metadata.count("i64") }
    }

    @Test("arrays come back as Swift arrays of their own element type")
    func arrays() throws {
        let metadata = Self.metadata([
            .init("strings", .strings(["", "a", "\u{0}b"])), .init("floats", .float32s([1.5, .infinity])),
            .init("ints", .int32s([-1, 2])), .init("empty", .strings([])), .init("flags", .array(.bool, [.bool(true), .bool(false)])),
        ])
        #expect(try metadata.value("strings", as: [ForeignText].self) == ["", "a", "\u{0}b"])
        #expect(try metadata.value("floats", as: [Float].self) == [1.5, .infinity])
        #expect(try metadata.value("ints", as: [Int32].self) == [-1, 2])
        #expect(try metadata.value("empty", as: [ForeignText].self) == [])
        #expect(try metadata.value("flags", as: [Bool].self) == [true, false])
        #expect(metadata["strings"]?.stringElements?.map { Array($0) } == [[], [97], [0, 98]])
    }

    @Test("errors name the key, what was expected and what is there")
    func errors() {
        let metadata = Self.metadata([.init("llama.block_count", .string("two")), .init("list", .int32s([1]))])
        let missing = #expect(throws: MetadataError.self) { try metadata.value("none", as: UInt32.self) }
        #expect("\(missing, default: "")" == "key none is missing")
        let wrong = #expect(throws: MetadataError.self) { try metadata.value("llama.block_count", as: UInt32.self) }
        #expect("\(wrong, default: "")" == "key llama.block_count is stored as string, expected uint32")
        let array = #expect(throws: MetadataError.self) { try metadata.value("list", as: [ForeignText].self) }
        #expect("\(array, default: "")" == "key list is stored as array of 1 int32, expected array of string")
        #expect(throws: Never.self) { try metadata.valueIfPresent("none", as: UInt32.self) }
    }

    @Test("the first of several entries of one key is the one that counts")
    func duplicates() {
        let metadata = Self.metadata([.init("k", .uint8(1)), .init("k", .uint8(2))])
        #expect(metadata["k"]?.uint8 == 1)
        #expect(metadata.count == 2)
    }

    @Test("values that are decoded and stored again have the same bytes")
    func storedForm() throws {
        for entry in Self.metadata(GGUFBuilder.smallLlama().entries) {
            var bytes: [UInt8] = []
            try #require(entry.value()).append(to: &bytes)
            #expect(bytes == Array(entry.valueBytes), "\(entry.key)")
        }
    }
}
