import HIFIForeign

extension Scanner {
    /// Length field, empty key, type id and one byte: no entry is shorter.
    private static let minimumEntryBytes: UInt64 = 13

    /// Reads `count` entries; false where the scan cannot go on.
    mutating func readMetadata(count: UInt64) -> Bool {
        let (minimum, overflow) = count.multipliedReportingOverflow(by: Self.minimumEntryBytes)
        if overflow || minimum > UInt64(remaining), count > limits.metadataEntries {
            note(
                .metadataCountImpossible, at: 16, .file, expected: "at most \(UInt64(remaining) / Self.minimumEntryBytes) entries",
                found: "\(count)")
            return false
        }
        guard count <= limits.metadataEntries else {
            note(.metadataLimitExceeded, at: 16, .file, expected: "at most \(limits.metadataEntries) entries", found: "\(count)")
            return false
        }
        for index in 0..<Int(count) {
            guard readEntry(index) else { return false }
        }
        return true
    }

    private mutating func readEntry(_ index: Int) -> Bool {
        let start = position
        let unnamed = StructuralProblem.Subject.key("", index: index)
        guard let length = read(UInt64.self) else {
            return cutOff("the key's length", needed: 8, at: start, unnamed)
        }
        guard length <= UInt64(remaining) else {
            let code: StructuralProblem.Code = length > limits.keyBytes ? .keyLengthImpossible : .truncatedMetadata
            note(code, at: start, unnamed, expected: "\(length) bytes of key", found: "\(remaining) bytes to the end of the file")
            return false
        }
        let keyRange = position..<position + Int(length)
        position = keyRange.upperBound
        guard length <= limits.keyBytes else {
            note(.keyTooLong, at: start, unnamed, expected: "at most \(limits.keyBytes) bytes", found: "\(length) bytes")
            // The entry is not kept, but what comes after it is still looked at.
            return readTypeAndSkipValue(unnamed) != nil
        }
        let key = ForeignText(decoding: bytes(keyRange))
        let subject = StructuralProblem.Subject.key(key, index: index)
        checkKey(key, keyRange, subject)

        guard let (type, valueRange) = readTypeAndSkipValue(subject), let keyView = view.slice(keyRange),
            let valueView = view.slice(valueRange)
        else { return false }
        let entry = MetadataEntry(
            index: index, key: key, keyBytes: keyView, keyRange: keyRange, valueType: type, valueRange: valueRange,
            valueBytes: valueView, nestingLimit: limits.arrayNesting)
        checkUnique(entry, subject)
        entries.append(entry)
        return true
    }

    /// Reads a type id and moves past the value; returns the type and where the value lies, or nil where its end is unknown.
    private mutating func readTypeAndSkipValue(_ subject: StructuralProblem.Subject) -> (MetadataValueType, Range<Int>)? {
        let typeOffset = position
        guard let typeID = read(UInt32.self) else {
            _ = cutOff("the value type", needed: 4, at: typeOffset, subject)
            return nil
        }
        guard let type = MetadataValueType(rawValue: typeID) else {
            note(.valueTypeUnknown, at: typeOffset, subject, expected: "0 to 12", found: "\(typeID)")
            return nil
        }
        let start = position
        return skipValue(type, subject) ? (type, start..<position) : nil
    }

    private mutating func cutOff(_ what: String, needed: Int, at offset: Int, _ subject: StructuralProblem.Subject) -> Bool {
        note(
            .truncatedMetadata, at: offset, subject, expected: "\(needed) bytes for \(what)",
            found: "\(raw.count - offset) bytes to the end of the file")
        return false
    }

    private mutating func checkKey(_ key: ForeignText, _ range: Range<Int>, _ subject: StructuralProblem.Subject) {
        guard !range.isEmpty else {
            note(.keyEmpty, at: range.lowerBound, subject, expected: "a key", found: "0 bytes")
            return
        }
        let check = UTF8Check(bytes(range))
        if let invalid = check.firstInvalid {
            note(
                .keyNotUTF8, at: range.lowerBound + invalid, subject, expected: "UTF-8",
                found: "byte \(raw[range.lowerBound + invalid]) at position \(invalid)")
        } else if let nul = check.firstNUL {
            note(.keyContainsNUL, at: range.lowerBound + nul, subject, expected: "text without NUL", found: "NUL at position \(nul)")
        } else if let odd = firstOddity(ofKey: bytes(range)) {
            note(
                .keyFormUnusual, at: range.lowerBound + odd, subject, expected: "lower_snake_case parts joined by dots",
                found: "a \(odd == range.count ? "missing part" : "byte \(raw[range.lowerBound + odd])") at position \(odd)")
        }
    }

    /// Position of the first byte that does not suit `part.part_2.part`, or nil. Hyphens pass: architecture names have them.
    private func firstOddity(ofKey key: UnsafeRawBufferPointer) -> Int? {
        var partLength = 0
        for (i, byte) in key.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                partLength += 1
            case UInt8(ascii: ".") where partLength > 0: partLength = 0
            default: return i
            }
        }
        return partLength == 0 ? key.count : nil
    }

    private mutating func checkUnique(_ entry: MetadataEntry, _ subject: StructuralProblem.Subject) {
        guard let first = entryByKey[entry.keyBytes] else {
            entryByKey[entry.keyBytes] = entries.count
            return
        }
        let earlier = entries[first]
        let same = earlier.valueType == entry.valueType && earlier.valueBytes == entry.valueBytes
        note(
            same ? .duplicateKey : .duplicateKeyDiffers, at: entry.keyRange.lowerBound, subject, expected: "one entry of this key",
            found: "a second one with \(same ? "the same" : "another") value (the first is at byte \(earlier.keyRange.lowerBound))")
    }
}

// MARK: - Values

extension Scanner {
    /// Moves past a value, checking it; false where its end is unknown.
    private mutating func skipValue(_ type: MetadataValueType, _ subject: StructuralProblem.Subject) -> Bool {
        switch type {
        case .array: return skipArray(subject)
        case .string: return skipString(subject)
        default:
            let width = type.fixedWidth ?? 0
            guard width <= remaining else { return cutOff("a \(type)", needed: width, at: position, subject) }
            if type == .bool, raw[position] > 1 {
                note(.boolNotZeroOrOne, at: position, subject, expected: "0 or 1", found: "\(raw[position])")
            }
            position += width
            return true
        }
    }

    /// Moves past a length field and that many bytes; returns where the bytes lie.
    private mutating func skipStringBytes(_ subject: StructuralProblem.Subject) -> Range<Int>? {
        let start = position
        guard let length = read(UInt64.self) else {
            _ = cutOff("a string's length", needed: 8, at: start, subject)
            return nil
        }
        guard length <= UInt64(remaining) else {
            noteShortfall(
                of: "string", needed: length, at: start, subject, truncated: .truncatedMetadata, impossible: .stringLengthImpossible)
            return nil
        }
        let range = position..<position + Int(length)
        position = range.upperBound
        return range
    }

    private mutating func skipString(_ subject: StructuralProblem.Subject) -> Bool {
        guard let range = skipStringBytes(subject) else { return false }
        let check = UTF8Check(bytes(range))
        if let invalid = check.firstInvalid {
            note(
                .stringNotUTF8, at: range.lowerBound + invalid, subject, expected: "UTF-8",
                found: "byte \(raw[range.lowerBound + invalid]) at position \(invalid)")
        }
        if let nul = check.firstNUL {
            note(.stringContainsNUL, at: range.lowerBound + nul, subject, expected: "text without NUL", found: "NUL at position \(nul)")
        }
        return true
    }

    /// Moves past an array. Arrays in arrays are walked with an explicit stack of elements still to come, so depth costs no recursion.
    private mutating func skipArray(_ subject: StructuralProblem.Subject) -> Bool {
        let start = position
        guard var pending = skipArrayHead(subject) else { return false }
        let holdsArrays = view.load(UInt32.self, at: start) == MetadataValueType.array.rawValue
        guard holdsArrays else { return true }
        var stack: [UInt64] = []
        var depth = 2  // this array and the ones it is meant to hold
        while pending > 0 {
            // `pending` arrays are still to be read on this level.
            pending -= 1
            stack.append(pending)
            depth = max(depth, stack.count + 1)
            guard stack.count < limits.skippedArrayNesting else {
                note(
                    .arrayNestedTooDeeply, at: start, subject, expected: "at most \(limits.arrayNesting) levels",
                    found: "more than \(stack.count) levels")
                return false
            }
            guard let inner = skipArrayHead(subject) else { return false }
            pending = inner
            while pending == 0, let outer = stack.popLast() { pending = outer }
        }
        if depth > limits.arrayNesting {
            note(
                .arrayNestedTooDeeply, at: start, subject, expected: "at most \(limits.arrayNesting) levels", found: "\(depth) levels")
        } else {
            note(.arrayNested, at: start, subject, expected: "scalars or strings", found: "arrays, \(depth) levels in all")
        }
        return true
    }

    /// Reads an array's element type and count and moves past elements that are not arrays.
    /// Returns the number of arrays that follow as elements (0 for other element types), or nil where the scan cannot go on.
    private mutating func skipArrayHead(_ subject: StructuralProblem.Subject) -> UInt64? {
        let start = position
        guard let typeID = read(UInt32.self) else {
            _ = cutOff("an array's element type", needed: 4, at: start, subject)
            return nil
        }
        guard let type = MetadataValueType(rawValue: typeID) else {
            note(.arrayElementTypeUnknown, at: start, subject, expected: "0 to 12", found: "\(typeID)")
            return nil
        }
        guard let count = read(UInt64.self) else {
            _ = cutOff("an array's length", needed: 8, at: start + 4, subject)
            return nil
        }
        let (minimum, overflow) = count.multipliedReportingOverflow(by: UInt64(type.minimumWidth))
        guard !overflow, minimum <= UInt64(remaining) else {
            noteShortfall(
                of: "array (\(count) \(type))", needed: overflow ? .max : minimum, at: start + 4, subject,
                truncated: .truncatedMetadata, impossible: .arrayLengthImpossible)
            return nil
        }
        switch type {
        case .array: return count
        case .string: return skipStringElements(Int(count), subject) ? 0 : nil
        case .bool: checkBoolElements(Int(count), subject)
        default: break
        }
        position += Int(minimum)
        return 0
    }

    private mutating func checkBoolElements(_ count: Int, _ subject: StructuralProblem.Subject) {
        let elements = bytes(position..<position + count)
        guard let first = elements.firstIndex(where: { $0 > 1 }) else { return }
        let bad = elements.count { $0 > 1 }
        note(
            .boolNotZeroOrOne, at: position + first, subject, expected: "0 or 1",
            found: "\(elements[first]) in \(Self.element(first, of: bad))")
    }

    private static func element(_ first: Int, of count: Int) -> String {
        "element \(first)" + (count == 1 ? "" : ", the first of \(count)")
    }

    private mutating func skipStringElements(_ count: Int, _ subject: StructuralProblem.Subject) -> Bool {
        var invalid = (count: 0, offset: 0, element: 0)
        var nul = (count: 0, offset: 0, element: 0)
        var complete = true
        for element in 0..<count {
            guard let range = skipStringBytes(subject) else {
                complete = false
                break
            }
            let check = UTF8Check(bytes(range))
            if let position = check.firstInvalid {
                if invalid.count == 0 { invalid = (0, range.lowerBound + position, element) }
                invalid.count += 1
            }
            if let position = check.firstNUL {
                if nul.count == 0 { nul = (0, range.lowerBound + position, element) }
                nul.count += 1
            }
        }
        if invalid.count > 0 {
            note(
                .stringNotUTF8, at: invalid.offset, subject, expected: "UTF-8",
                found: "byte \(raw[invalid.offset]) in \(Self.element(invalid.element, of: invalid.count))")
        }
        if nul.count > 0 {
            note(
                .stringContainsNUL, at: nul.offset, subject, expected: "text without NUL",
                found: "NUL in \(Self.element(nul.element, of: nul.count))")
        }
        return complete
    }
}
