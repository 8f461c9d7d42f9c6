import HIFIFiles
import HIFIForeign

extension Scanner {
    /// Name length, number of dimensions, type id, offset: no record is shorter.
    private static let minimumRecordBytes: UInt64 = 24
    /// Dimensions a record may have, by the GGUF description (version 3).
    private static let maximumDimensions: UInt32 = 4

    /// Takes the alignment from the metadata, or the default where it is missing or unusable.
    mutating func chooseAlignment() {
        let key = "general.alignment"
        guard let position = entryByKey[ByteView(Array(key.utf8))] else { return }
        let entry = entries[position]
        let subject = StructuralProblem.Subject.key(entry.key, index: entry.index)
        let offset = entry.valueRange.lowerBound
        guard entry.valueType == .uint32, let value = entry.valueBytes.load(UInt32.self, at: 0) else {
            note(.alignmentWrongType, at: entry.valueTypeOffset, subject, expected: "uint32", found: entry.typeDescription)
            return
        }
        if value == 0 {
            note(.alignmentZero, at: offset, subject, expected: "a power of two", found: "0")
        } else if value & (value - 1) != 0 {
            note(.alignmentNotPowerOfTwo, at: offset, subject, expected: "a power of two", found: "\(value)")
        } else if UInt64(value) > limits.alignment {
            note(.alignmentTooLarge, at: offset, subject, expected: "at most \(limits.alignment)", found: "\(value)")
        } else {
            if value % 8 != 0 {
                note(.alignmentNotMultipleOfEight, at: offset, subject, expected: "a multiple of 8", found: "\(value)")
            }
            alignment = Int(value)
        }
    }

    /// Reads `count` records; false where the scan cannot go on.
    mutating func readTensorInfos(count: UInt64) -> Bool {
        let (minimum, overflow) = count.multipliedReportingOverflow(by: Self.minimumRecordBytes)
        if overflow || minimum > UInt64(remaining), count > limits.tensors {
            note(
                .tensorCountImpossible, at: 8, .file, expected: "at most \(UInt64(remaining) / Self.minimumRecordBytes) tensors",
                found: "\(count)")
            return false
        }
        guard count <= limits.tensors else {
            note(.tensorLimitExceeded, at: 8, .file, expected: "at most \(limits.tensors) tensors", found: "\(count)")
            return false
        }
        for index in 0..<Int(count) {
            guard readTensorInfo(index) else { return false }
        }
        headerEnd = position
        return true
    }

    private mutating func readTensorInfo(_ index: Int) -> Bool {
        let start = position
        let unnamed = StructuralProblem.Subject.tensor("", index: index)
        guard let length = read(UInt64.self) else { return cutOff("a name's length", needed: 8, at: start, unnamed) }
        guard length <= UInt64(remaining) else {
            let code: StructuralProblem.Code = length > limits.tensorNameBytes ? .tensorNameLengthImpossible : .truncatedTensorInfos
            note(code, at: start, unnamed, expected: "\(length) bytes of name", found: "\(remaining) bytes to the end of the file")
            return false
        }
        let nameRange = position..<position + Int(length)
        guard length <= limits.tensorNameBytes, let nameBytes = view.slice(nameRange) else {
            note(.tensorNameTooLong, at: start, unnamed, expected: "at most 64 bytes", found: "\(length) bytes")
            return false
        }
        position = nameRange.upperBound
        let name = ForeignText(decoding: bytes(nameRange))
        let subject = StructuralProblem.Subject.tensor(name, index: index)
        checkName(nameRange, subject)

        guard let dimensions = readDimensions(subject) else { return false }
        guard remaining >= 12, let typeID = read(UInt32.self), let dataOffset = read(UInt64.self) else {
            return cutOff("type and offset", needed: 12, at: position, subject)
        }
        let tensor = TensorInfo(
            index: index, name: name, nameBytes: nameBytes, recordRange: start..<position, dimensions: dimensions, typeID: typeID,
            dataOffset: dataOffset)
        if tensor.elementCount == nil, dimensions.allSatisfy({ $0 <= UInt64(Int64.max) }) {
            note(
                .elementCountOverflow, at: tensor.dimensionOffset(0), subject, expected: "at most \(Int64.max) elements",
                found: dimensions.map(String.init).joined(separator: " x "))
        }
        if let first = tensorByName[nameBytes] {
            note(
                .duplicateTensorName, at: nameRange.lowerBound, subject, expected: "one tensor of this name",
                found: "a second one (the first is tensor \(first))")
        } else {
            tensorByName[nameBytes] = tensors.count
        }
        tensors.append(tensor)
        return true
    }

    private mutating func cutOff(_ what: String, needed: Int, at offset: Int, _ subject: StructuralProblem.Subject) -> Bool {
        note(
            .truncatedTensorInfos, at: offset, subject, expected: "\(needed) bytes for \(what)",
            found: "\(raw.count - offset) bytes to the end of the file")
        return false
    }

    private mutating func checkName(_ range: Range<Int>, _ subject: StructuralProblem.Subject) {
        let check = UTF8Check(bytes(range))
        if range.isEmpty {
            note(.tensorNameEmpty, at: range.lowerBound, subject, expected: "a name", found: "0 bytes")
        } else if range.count > 64 {
            note(.tensorNameTooLong, at: range.lowerBound - 8, subject, expected: "at most 64 bytes", found: "\(range.count) bytes")
        } else if range.count == 64 {
            note(.tensorNameFillsBuffer, at: range.lowerBound - 8, subject, expected: "at most 63 bytes", found: "64 bytes")
        }
        if let invalid = check.firstInvalid {
            note(
                .tensorNameNotUTF8, at: range.lowerBound + invalid, subject, expected: "UTF-8",
                found: "byte \(raw[range.lowerBound + invalid]) at position \(invalid)")
        }
        if let nul = check.firstNUL {
            note(
                .tensorNameContainsNUL, at: range.lowerBound + nul, subject, expected: "text without NUL",
                found: "NUL at position \(nul)")
        }
    }

    private mutating func readDimensions(_ subject: StructuralProblem.Subject) -> [UInt64]? {
        let start = position
        guard let count = read(UInt32.self) else {
            _ = cutOff("the number of dimensions", needed: 4, at: start, subject)
            return nil
        }
        guard count <= Self.maximumDimensions else {
            note(.dimensionCountTooLarge, at: start, subject, expected: "1 to \(Self.maximumDimensions) dimensions", found: "\(count)")
            return nil
        }
        guard Int(count) * 8 <= remaining else {
            _ = cutOff("\(count) dimensions", needed: Int(count) * 8, at: position, subject)
            return nil
        }
        if count == 0 {
            note(
                .dimensionCountZero, at: start, subject, expected: "1 to \(Self.maximumDimensions) dimensions",
                found: "0 (read as a single value)")
        }
        var dimensions: [UInt64] = []
        for i in 0..<Int(count) {
            let offset = position
            guard let dimension = read(UInt64.self) else { return nil }
            dimensions.append(dimension)
            if dimension == 0 {
                note(.dimensionZero, at: offset, subject, expected: "dimension \(i) of at least 1", found: "0")
            } else if dimension > UInt64(Int64.max) {
                note(
                    .dimensionNegative, at: offset, subject, expected: "dimension \(i) of at most \(Int64.max)",
                    found: "\(dimension) (\(Int64(bitPattern: dimension)) when read as signed)")
            }
        }
        return dimensions
    }

    /// Finds where the data begins and looks at the offsets, as far as that needs no knowledge of types.
    mutating func locateData() {
        // Cannot overflow: a file position plus an alignment of at most 16 MiB.
        let start = (position + alignment - 1) / alignment * alignment
        dataStart = start
        if !tensors.isEmpty, start >= raw.count {
            note(
                .dataSectionMissing, at: position, .file, expected: "tensor data from byte \(start) on",
                found: "the end of the file at byte \(raw.count)")
        }
        for tensor in tensors {
            let subject = StructuralProblem.Subject.tensor(tensor.name, index: tensor.index)
            if tensor.dataOffset % UInt64(alignment) != 0 {
                note(
                    .tensorOffsetUnaligned, at: tensor.dataOffsetOffset, subject, expected: "a multiple of \(alignment)",
                    found: "\(tensor.dataOffset)")
            }
            let room = UInt64(max(0, raw.count - start))
            if start < raw.count, tensor.dataOffset >= room, tensor.elementCount != 0 {
                // A small negative number, say, is an offset that no file lost.
                note(
                    tensor.dataOffset > UInt64(Int64.max) ? .tensorOffsetOutOfRange : .tensorOffsetOutsideFile, at: tensor.dataOffsetOffset,
                    subject, expected: "less than \(room)",
                    found: "\(tensor.dataOffset)")
            }
        }
    }

    /// Begins of tensor data inside the file, ascending, each once.
    func sortedStarts() -> [Int] {
        guard let dataStart, dataStart <= raw.count else { return [] }
        let room = UInt64(raw.count - dataStart)
        var starts: [Int] = []
        for start in tensors.lazy.filter({ $0.dataOffset <= room }).map({ dataStart + Int($0.dataOffset) }).sorted()
        where starts.last != start {
            starts.append(start)
        }
        return starts
    }
}
