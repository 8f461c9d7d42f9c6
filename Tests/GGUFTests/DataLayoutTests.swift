import HIFIGGUF
import TestSupport
import Testing

@Suite("The layout of tensor data")
struct DataLayoutTests {
    static func layout(_ builder: GGUFBuilder, fillers: FillerReading = .all) -> DataLayout {
        DataLayout(GGUFScan.scan(builder.build().bytes), fillers: fillers, blockSize: GGUFBuilder.SampleType.blockSize)
    }

    /// Three tensors of 12, 40 and 20 bytes.
    static func small() -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.tensors = [
            .init("a", [3], typeID: 0, data: [UInt8](repeating: 1, count: 12)),
            .init("b", [32, 2], typeID: 3, data: [UInt8](repeating: 2, count: 40)),
            .init("c", [32], typeID: 3, data: [UInt8](repeating: 3, count: 20)),
        ]
        return builder
    }

    @Test("extents are where the data is, and the contiguous offsets those of the file")
    func regular() {
        let image = Self.small().build()
        let layout = Self.layout(Self.small())
        #expect(layout.findings == [])
        #expect(layout.extents.map(\.range) == image.dataRanges)
        #expect(layout.extents.map(\.contiguousOffset) == [0, 32, 96])
        #expect(layout.extents.map(\.spanBytes) == [32, 64, 32])
        #expect(layout.dataEnd == image.dataRanges[2].upperBound)
    }

    @Test("padding that is not zero is found, unless padding is not to be read")
    func padding() {
        var builder = Self.small()
        builder.tensorPadding = 7
        builder.headerPadding = 8
        let found = Self.layout(builder).findings
        let image = builder.build()
        #expect(found.map(\.code) == [.headerPaddingNotZero, .tensorPaddingNotZero, .tensorPaddingNotZero, .tensorPaddingNotZero])
        #expect(found.map(\.tensorIndex) == [nil, 0, 1, 2])
        #expect(found[0].range == image.headerEnd..<image.dataStart)
        #expect(found[1].range == image.dataRanges[0].upperBound..<image.dataRanges[1].lowerBound)
        #expect(Self.layout(builder, fillers: .none).findings == [])
    }

    @Test("of fillers as much is looked at as the limit says, and what was not is counted")
    func limits() throws {
        var builder = Self.small()
        builder.tensors[1].gapBefore = 64
        builder.trailing = [UInt8](repeating: 0, count: 100)
        let all = Self.layout(builder)
        #expect(all.unseenBytes == 0)
        #expect(all.findings.map(\.filler) == [.zero, .zero])
        let image = builder.build()
        let total = image.bytes.count - image.headerEnd - 72
        for limit in [0, 1, 20, 21, 50, 84, 85, 200, total - 1, total, total + 1] {
            var seen = 0
            let layout = Self.layout(builder, fillers: FillerReading(limit: limit) { seen += $0 })
            #expect(seen == min(limit, total))
            #expect(layout.unseenBytes == total - seen)
            #expect(layout.findings.map(\.code) == all.findings.map(\.code))
        }
        #expect(Self.layout(builder, fillers: .none).findings.map(\.filler) == [.unseen, .unseen])
    }

    @Test("a file without the last padding is noted as such, and only that")
    func lastPadding() {
        let bytes = Self.small().build().bytes
        for cut in 1...12 {
            let scan = GGUFScan.scan(Array(bytes.dropLast(cut)))
            let layout = DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize)
            #expect(layout.findings.map(\.code) == [.lastPaddingMissing])
        }
    }

    @Test("gap, overlap and trailing bytes carry the range and the tensors they are about")
    func ranges() {
        var builder = Self.small()
        builder.tensors[1].gapBefore = 64
        builder.trailing = [0, 0, 9]
        let image = builder.build()
        var found = Self.layout(builder).findings
        #expect(found.map(\.code) == [.gap, .trailingBytes])
        #expect(found[0].range == image.dataRanges[1].lowerBound - 64..<image.dataRanges[1].lowerBound)
        #expect(found[0].tensorIndex == 1 && found[0].otherIndex == 0)
        #expect(found[0].found.hasSuffix("all zero") && !found[0].found.contains("not"))
        #expect(found[1].range == image.bytes.count - 3..<image.bytes.count)
        #expect(found[1].found.hasSuffix("not all zero"))

        builder = Self.small()
        builder.tensors[2].offset = 64
        found = Self.layout(builder).findings
        #expect(found.map(\.code) == [.overlap, .trailingBytes])
        #expect(found[0].tensorIndex == 2 && found[0].otherIndex == 1)
        #expect(found[0].range.count == 8)
    }

    @Test("a first tensor that does not begin at the data section leaves a gap before it")
    func firstGap() {
        var builder = Self.small()
        builder.tensors[0].gapBefore = 32
        #expect(Self.layout(builder).findings.map(\.code) == [.gapBeforeFirst])
    }

    @Test("one tensor around all others overlaps each of them")
    func nestedTensors() {
        var builder = Self.small()
        builder.tensors[0].dimensions = [32]
        #expect(Self.layout(builder).findings.map(\.code) == [.overlap, .overlap])
        #expect(Self.layout(builder).findings.map(\.otherIndex) == [0, 0])
    }

    @Test("tensors of unknown type that begin at one place overlap")
    func unknownTypesAtOnePlace() {
        var builder = Self.small()
        builder.tensors[1].typeID = 40
        builder.tensors[2].offset = 32
        let found = Self.layout(builder).findings
        #expect(found.prefix(2).map(\.code) == [.typeUnknown, .overlap])
        #expect(found[1].tensorIndex == 2 && found[1].otherIndex == 1)
    }

    @Test("where the scan stopped early there is an extent for each record read, without a place")
    func stoppedEarly() throws {
        let image = GGUFBuilder.smallLlama().build()
        let scan = GGUFScan.scan(Array(image.bytes[..<image.recordRanges[4].lowerBound]))
        let layout = DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize)
        #expect(layout.extents.map(\.byteCount) == [2560, 256, 2560, 1280])
        #expect(layout.extents.allSatisfy { $0.start == nil && $0.range == nil })
        #expect(layout.findings == [])
    }

    @Test("sizes follow rows of whole blocks and never overflow")
    func sizes() {
        let block = BlockSize(elements: 256, bytes: 134)
        #expect(DataLayout.byteCount(dimensions: [512, 3, 2], block: block) == 2 * 134 * 6)
        #expect(DataLayout.byteCount(dimensions: [], block: BlockSize(elements: 1, bytes: 4)) == 4)
        #expect(DataLayout.byteCount(dimensions: [255], block: block) == nil)
        #expect(DataLayout.byteCount(dimensions: [256, .max], block: block) == nil)
        #expect(DataLayout.byteCount(dimensions: [256, 1 << 62], block: block) == nil)
        #expect(DataLayout.byteCount(dimensions: [1 << 62], block: BlockSize(elements: 1, bytes: 4)) == nil)
        #expect(DataLayout.byteCount(dimensions: [0, .max], block: block) == nil)
    }

    @Test("a hundred thousand tensors on top of each other take no quadratic time")
    func manyTensors() {
        var builder = GGUFBuilder()
        for index in 0..<100_000 {
            var tensor = GGUFBuilder.Tensor("\(index)", [8], typeID: 0, data: [])
            tensor.offset = 0
            builder.tensors.append(tensor)
        }
        builder.trailing = [UInt8](repeating: 1, count: 32)
        let bytes = builder.build().bytes
        var layout: DataLayout?
        let time = ContinuousClock().measure {
            layout = DataLayout(GGUFScan.scan(bytes), blockSize: GGUFBuilder.SampleType.blockSize)
        }
        #expect(layout?.findings.count { $0.code == .overlap } == 99_999)
        #expect(time < .seconds(5))
    }
}
