import HIFIFiles
import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("Hostile input")
struct FuzzTests {
    /// Does everything with a file image that a reader does, so that anything that could trap gets the chance.
    @discardableResult
    static func useEverything(_ bytes: [UInt8], limits: ScanLimits = ScanLimits()) -> GGUFScan {
        let scan = GGUFScan.scan(bytes, limits: limits)
        let layout = DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize)
        for entry in scan.metadata {
            _ = entry.value()
            _ = entry.integer
            _ = entry.value(as: [ForeignText].self)
            _ = entry.value(as: [Float].self)
            if let elements = entry.stringElements { for element in elements { _ = element.count } }
            _ = scan.metadata[entry.key]
        }
        for tensor in scan.tensors {
            _ = scan.tensor(named: tensor.name.raw)
            _ = scan.spanBytes(of: tensor)
            _ = tensor.nameRange.upperBound + tensor.dimensionOffset(0)
            if let range = layout.extents[optional: tensor.index]?.range { _ = scan.bytes.slice(range) }
        }
        for problem in scan.problems { _ = "\(problem)" }
        return scan
    }

    /// Holds for every scan: what it says lies inside the file, and it either finished or says why not.
    static func isConsistent(_ scan: GGUFScan, size: Int) -> Bool {
        scan.problems.allSatisfy { (0...size).contains($0.offset) }
            && scan.tensors.allSatisfy { $0.recordRange.upperBound <= size && $0.dimensions.count <= 4 }
            && scan.metadata.allSatisfy { $0.valueRange.upperBound <= size }
            && (scan.stoppedIn == nil) == (scan.dataStart != nil)
            && (scan.stoppedIn == nil || !scan.problems.isEmpty)
    }

    /// Limits so tight that small files reach them.
    static let tightLimits: ScanLimits = {
        var limits = ScanLimits()
        limits.metadataEntries = 12
        limits.tensors = 3
        limits.keyBytes = 16
        limits.tensorNameBytes = 4
        limits.arrayNesting = 1
        limits.skippedArrayNesting = 3
        limits.alignment = 64
        limits.problems = 3
        limits.plausibleBytes = 64
        return limits
    }()

    /// A file of about 1 KB with every kind of value.
    static func smallFile() -> [UInt8] {
        var builder = GGUFBuilder()
        builder.entries = [
            .init("general.architecture", .string("llama")),
            .init("general.alignment", .uint32(32)),
            .init("a.u8", .uint8(1)), .init("a.i16", .int16(-2)), .init("a.u64", .uint64(3)), .init("a.f64", .float64(4)),
            .init("a.flag", .bool(true)),
            .init("a.strings", .strings(["", "x", "größe"])),
            .init("a.floats", .float32s([1, 2, 3])),
            .init("a.flags", .array(.bool, [.bool(true), .bool(false)])),
            .init("a.nested", .array(.array, [.uint32s([1]), .strings(["y"])])),
        ]
        builder.tensors = [
            .init("one", [32, 2], typeID: 3, data: [UInt8](repeating: 7, count: 40)),
            .init("two", [3], typeID: 0, data: [UInt8](repeating: 1, count: 12)),
            .init("three", [32, 1, 2, 1], typeID: 2, data: [UInt8](repeating: 9, count: 36)),
        ]
        return builder.build().bytes
    }

    @Test("a file cut at any byte is scanned to the end with a problem or a layout finding")
    func cutAnywhere() {
        let whole = Self.smallFile()
        #expect(Self.useEverything(whole).problems.map(\.code) == [.arrayNested])
        for length in 0..<whole.count {
            let scan = Self.useEverything(Array(whole[..<length]))
            #expect(Self.isConsistent(scan, size: length), "cut at \(length)")
            let layout = DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize)
            #expect(scan.problems.map(\.code) != [.arrayNested] || !layout.findings.isEmpty, "cut at \(length)")
        }
    }

    @Test("ten thousand mutations of a good file", arguments: [1, 2, 3, 4])
    func mutations(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let whole = Self.smallFile()
        let interesting: [UInt64] = [0, 1, 0xff, 0x7fff_ffff, 0xffff_ffff, 1 << 31, 1 << 32, 1 << 62, 1 << 63, .max, .max - 31, 13, 9, 8]
        var inconsistent = 0
        for _ in 0..<2_500 {
            var bytes = whole
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes[position] = UInt8.random(in: 0...255, using: &random)
                case 2:
                    let value = interesting[Int.random(in: 0..<interesting.count, using: &random)]
                    if position + 8 <= bytes.count { bytes.replace(at: position, with: value) }
                case 3: bytes.remove(at: position)
                case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: position)
                default: bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 1..<64, using: &random)))
                }
                if bytes.isEmpty { bytes = whole }
            }
            if !Self.isConsistent(Self.useEverything(bytes), size: bytes.count) { inconsistent += 1 }
            let limited = Self.useEverything(bytes, limits: Self.tightLimits)
            if !Self.isConsistent(limited, size: bytes.count) || limited.problems.count > 3 { inconsistent += 1 }
        }
        #expect(inconsistent == 0)
    }

    @Test("ten thousand headers followed by random bytes", arguments: [5, 6])
    func randomBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var inconsistent = 0
        for _ in 0..<5_000 {
            var bytes = Array("GGUF".utf8)
            bytes.append(integer: UInt32(3))
            bytes.append(integer: UInt64.random(in: 0..<8, using: &random))
            bytes.append(integer: UInt64.random(in: 0..<8, using: &random))
            // Small numbers are likelier to look like lengths and types than uniform bytes are.
            for _ in 0..<Int.random(in: 0..<96, using: &random) {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.append(integer: random.next())
                case 1: bytes.append(integer: UInt32.random(in: 0..<14, using: &random))
                default: bytes.append(integer: UInt64.random(in: 0..<6, using: &random))
                }
            }
            if !Self.isConsistent(Self.useEverything(bytes), size: bytes.count) { inconsistent += 1 }
        }
        #expect(inconsistent == 0)
    }

    @Test("claims of astronomical size cost neither time nor memory", arguments: [UInt64(1) << 40, 1 << 61, 1 << 62, 1 << 63, .max])
    func hugeClaims(claim: UInt64) {
        let clock = ContinuousClock()
        let time = clock.measure {
            for change in 0..<5 {
                var builder = GGUFBuilder.smallLlama()
                switch change {
                case 0: builder.tensorCount = claim
                case 1: builder.metadataCount = claim
                case 2: builder.entries[14].value.replace(at: 4, with: claim)
                case 3: builder.tensors[3].nameLength = claim
                default: builder.entries[5].keyLength = claim
                }
                let image = builder.build()
                let scan = GGUFScan.scan(image.bytes)
                #expect(scan.problems.last?.code.preventsReading == true)
                #expect(scan.stoppedIn != nil)
            }
        }
        #expect(time < .seconds(1))
    }

    @Test("the scan of a vocabulary of 150 thousand strings takes milliseconds, since nothing is decoded")
    func largeVocabulary() {
        var value: [UInt8] = []
        value.append(integer: UInt32(8))
        value.append(integer: UInt64(150_000))
        for index in 0..<150_000 {
            let text = Array("token\(index)é".utf8)
            value.append(integer: UInt64(text.count))
            value += text
        }
        var builder = GGUFBuilder()
        builder.entries = [.init(key: Array("tokenizer.ggml.tokens".utf8), typeID: 9, value: value)]
        let bytes = ByteView(builder.build().bytes)
        var fastest = Duration.seconds(1000)
        for _ in 0..<20 {
            var scan: GGUFScan?
            fastest = min(fastest, ContinuousClock().measure { scan = GGUFScan.scan(bytes) })
            #expect(scan?.problems == [])
            #expect(scan?.metadata.first?.elementCount == 150_000)
        }
        #if DEBUG
            // Without optimisation only the order of growth can be judged.
            #expect(fastest < .seconds(5))
        #else
            #expect(fastest < .milliseconds(20))
        #endif
    }

    @Test("an array of nothing but array headers is walked in linear time")
    func arrayBomb() {
        // Four megabytes of arrays in arrays, each level promising as many elements as fit.
        var value: [UInt8] = []
        let total = 4 << 20
        while value.count < total {
            value.append(integer: UInt32(9))
            value.append(integer: UInt64(1))
        }
        var builder = GGUFBuilder()
        builder.entries = [.init(key: Array("bomb".utf8), typeID: 9, value: value)]
        let bytes = builder.build().bytes
        var scan: GGUFScan?
        let time = ContinuousClock().measure { scan = GGUFScan.scan(bytes) }
        #expect(scan?.problems.map(\.code) == [.arrayNestedTooDeeply])
        #expect(time < .seconds(1))
    }
}

extension Array {
    fileprivate subscript(optional index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
