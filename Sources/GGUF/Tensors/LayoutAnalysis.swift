/// The working state of `DataLayout.init`.
struct LayoutAnalysis {
    let scan: GGUFScan
    let reading: FillerReading
    var extents: [DataLayout.Extent] = []
    var findings: [LayoutFinding] = []
    var dataEnd: Int?
    var unseenBytes = 0
    /// Bytes of fillers that may still be looked at.
    private var budget: Int

    init(scan: GGUFScan, reading: FillerReading) {
        (self.scan, self.reading) = (scan, reading)
        budget = reading.limit ?? .max
    }

    private var fileEnd: Int { scan.bytes.count }

    mutating func run(_ blockSize: (UInt32) -> BlockSize?) {
        var contiguous: UInt64? = 0
        extents.reserveCapacity(scan.tensors.count)
        for tensor in scan.tensors {
            let byteCount = byteCount(of: tensor, blockSize)
            let start = scan.start(of: tensor)
            var range: Range<Int>?
            if let start, let byteCount {
                if byteCount <= fileEnd - start {
                    range = start..<start + byteCount
                } else if start < fileEnd {
                    note(
                        .extentOutsideFile, fileEnd..<fileEnd, tensor: tensor.index,
                        expected: "\(byteCount) bytes of data from byte \(start) on",
                        found: "\(fileEnd - start) bytes to the end of the file")
                }
            }
            extents.append(
                DataLayout.Extent(
                    start: start, byteCount: byteCount, range: range, spanBytes: scan.spanBytes(of: tensor), contiguousOffset: contiguous))
            contiguous = contiguous.flatMap { next(after: $0, byteCount) }
        }
        checkOrder()
        checkHeaderPadding()
        checkNeighbours()
    }

    private mutating func note(
        _ code: LayoutFinding.Code, _ range: Range<Int>, tensor: Int?, other: Int? = nil, filler: Filler? = nil, expected: String,
        found: String
    ) {
        findings.append(
            LayoutFinding(
                code: code, range: range, tensorIndex: tensor, otherIndex: other, filler: filler, expected: expected, found: found))
    }

    /// `offset` plus the padded size, or nil where unknown or too large.
    private func next(after offset: UInt64, _ byteCount: Int?) -> UInt64? {
        guard let byteCount else { return nil }
        let (end, overflow) = offset.addingReportingOverflow(UInt64(byteCount))
        return overflow ? nil : alignedUp(end)
    }

    private func alignedUp(_ value: UInt64) -> UInt64? {
        let (sum, overflow) = value.addingReportingOverflow(UInt64(scan.alignment - 1))
        return overflow ? nil : sum / UInt64(scan.alignment) * UInt64(scan.alignment)
    }

    /// The first position at or after `position` (a position in the file) that is aligned relative to the data section.
    private func alignedUp(_ position: Int) -> Int {
        (position + scan.alignment - 1) / scan.alignment * scan.alignment
    }

    private mutating func byteCount(of tensor: TensorInfo, _ blockSize: (UInt32) -> BlockSize?) -> Int? {
        let typeField = tensor.typeIDOffset..<tensor.typeIDOffset + 4
        guard let block = blockSize(tensor.typeID) else {
            note(.typeUnknown, typeField, tensor: tensor.index, expected: "a known type id", found: "\(tensor.typeID)")
            return nil
        }
        let dimensionsField = tensor.dimensionOffset(0)..<tensor.typeIDOffset
        guard tensor.rowElements % UInt64(block.elements) == 0 else {
            note(
                .rowNotWholeBlocks, dimensionsField, tensor: tensor.index,
                expected: "a row length that is a multiple of \(block.elements)", found: "\(tensor.rowElements)")
            return nil
        }
        guard let byteCount = DataLayout.byteCount(dimensions: tensor.dimensions, block: block) else {
            note(
                .byteCountOverflow, dimensionsField, tensor: tensor.index, expected: "at most \(Int.max) bytes",
                found: tensor.dimensions.map(String.init).joined(separator: " x ") + " elements in blocks of \(block.bytes) bytes")
            return nil
        }
        return byteCount
    }

    private mutating func checkOrder() {
        for (earlier, later) in zip(scan.tensors, scan.tensors.dropFirst()) where later.dataOffset < earlier.dataOffset {
            note(
                .outOfOrder, later.dataOffsetOffset..<later.dataOffsetOffset + 8, tensor: later.index, other: earlier.index,
                expected: "an offset above \(earlier.dataOffset)", found: "\(later.dataOffset)")
        }
    }

    private mutating func checkHeaderPadding() {
        guard let end = scan.headerEnd, let start = scan.dataStart else { return }
        checkPadding(min(end, fileEnd)..<min(start, fileEnd), .headerPaddingNotZero, nil)
    }

    /// Walks the tensors in the order of their data and looks at the bytes between each and what comes before.
    private mutating func checkNeighbours() {
        guard let dataStart = scan.dataStart, dataStart <= fileEnd else { return }
        let order = extents.indices.filter { extents[$0].start != nil }
            .sorted { (extents[$0].start ?? 0, extents[$0].byteCount ?? 0, $0) < (extents[$1].start ?? 0, extents[$1].byteCount ?? 0, $1) }
        var end: Int? = dataStart  // where the data seen so far ends; nil after a tensor of unknown size
        var last: Int?  // the tensor that reaches farthest so far
        for index in order {
            guard let start = extents[index].start else { continue }
            if let end {
                checkBetween(end, last, start, index)
            } else if let last, extents[last].start == start, extents[index].byteCount != 0 {
                // How far the other one reaches is unknown, but it begins at the same place.
                note(
                    .overlap, start..<start, tensor: index, other: last, expected: "a place of its own",
                    found: "data from byte \(start) on, like the other tensor")
            }
            guard let byteCount = extents[index].byteCount else {
                (end, last) = (nil, index)
                continue
            }
            let (sum, overflow) = start.addingReportingOverflow(byteCount)
            let own = overflow ? Int.max : sum
            if let known = end, known > own { continue }
            (end, last) = (own, index)
        }
        guard let end, end <= fileEnd else { return }
        dataEnd = end
        checkEnd(end, last)
    }

    private mutating func checkBetween(_ end: Int, _ last: Int?, _ start: Int, _ index: Int) {
        if start < end {
            // Records without data may share a begin with their neighbour.
            guard let last, extents[index].byteCount != 0 else { return }
            let own = extents[index].byteCount.map { start.addingReportingOverflow($0) }
            let ownEnd = own.map { $0.overflow ? Int.max : $0.partialValue } ?? end
            note(
                .overlap, start..<max(start, min(end, ownEnd, fileEnd)), tensor: index, other: last,
                expected: "data from byte \(alignedUp(min(end, fileEnd))) on", found: "data from byte \(start) on")
            return
        }
        let padded = min(last == nil ? end : alignedUp(end), start)
        checkPadding(end..<padded, .tensorPaddingNotZero, last)
        guard padded < start else { return }
        let (filler, phrase) = describe(padded..<start)
        note(
            last == nil ? .gapBeforeFirst : .gap, padded..<start, tensor: index, other: last, filler: filler,
            expected: "data from byte \(padded) on", found: "\(start - padded) bytes of no tensor" + phrase)
    }

    private mutating func look(at range: Range<Int>) -> (filler: Filler, zerosEnd: Int) {
        let look = reading.look(at: range, of: scan.bytes, budget: budget)
        // Where something was found the rest need not be looked at: what there is to say of the stretch has been said.
        if look.filler == .unseen { unseenBytes += range.upperBound - look.zerosEnd }
        if budget != .max { budget -= min(budget, range.count) }
        return look
    }

    private mutating func describe(_ range: Range<Int>) -> (Filler, phrase: String) {
        let look = look(at: range)
        let seen = look.zerosEnd - range.lowerBound
        let phrase =
            switch look.filler {
            case .zero: ", all zero"
            case .occupied: ", not all zero"
            case .unseen: seen == 0 ? ", not looked at" : ", the first \(seen) zero and the rest not looked at"
            }
        return (look.filler, phrase)
    }

    private mutating func checkPadding(_ range: Range<Int>, _ code: LayoutFinding.Code, _ tensor: Int?) {
        let look = look(at: range)
        guard look.filler == .occupied else { return }
        note(code, range, tensor: tensor, expected: "zeros", found: "byte \(scan.bytes[look.zerosEnd]) at \(look.zerosEnd)")
    }

    private mutating func checkEnd(_ end: Int, _ last: Int?) {
        let padded = last == nil ? end : alignedUp(end)
        if fileEnd < padded {
            checkPadding(end..<fileEnd, .tensorPaddingNotZero, last)
            note(
                .lastPaddingMissing, fileEnd..<fileEnd, tensor: last, expected: "\(padded - end) bytes of padding",
                found: "\(fileEnd - end)")
            return
        }
        checkPadding(end..<padded, .tensorPaddingNotZero, last)
        if padded < fileEnd {
            let (filler, phrase) = describe(padded..<fileEnd)
            note(
                .trailingBytes, padded..<fileEnd, tensor: nil, other: last, filler: filler,
                expected: "the end of the file at byte \(padded)", found: "\(fileEnd - padded) more bytes" + phrase)
        }
    }
}
