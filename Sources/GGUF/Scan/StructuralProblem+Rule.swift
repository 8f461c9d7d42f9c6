extension StructuralProblem.Code {
    /// The rule that is broken, as one sentence in our words, after the GGUF description (version 3) or, where said, the upstream loader.
    public var rule: String {
        switch self {
        case .emptyFile: "a GGUF file is not empty"
        case .foreignFormat: "a GGUF file begins with the bytes GGUF; this is another kind of file"
        case .badMagic: "a GGUF file begins with the bytes GGUF"
        case .truncatedHeader: "the fixed header has 24 bytes"
        case .bigEndian: "this reader takes little-endian files only"
        case .versionByteSwapped: "the version is stored in the same byte order as everything else"
        case .version1: "version 1, with 32-bit lengths, is obsolete and not read"
        case .versionUnknown: "the version is 2 or 3"
        case .tensorCountImpossible: "the tensor count fits the bytes that follow"
        case .metadataCountImpossible: "the metadata count fits the bytes that follow"
        case .tensorLimitExceeded: "this reader accepts a limited number of tensors"
        case .metadataLimitExceeded: "this reader accepts a limited number of metadata entries"
        case .truncatedMetadata: "the metadata is complete"
        case .keyLengthImpossible: "a key fits the bytes that follow"
        case .keyTooLong: "a key has at most 65535 bytes"
        case .keyEmpty: "a key is not empty"
        case .keyNotUTF8: "a key is valid UTF-8"
        case .keyContainsNUL: "a key has no NUL"
        case .keyFormUnusual: "a key is lower_snake_case parts joined by dots"
        case .duplicateKey, .duplicateKeyDiffers: "keys are unique"
        case .valueTypeUnknown: "a value type is one of 0 to 12"
        case .arrayElementTypeUnknown: "an array's element type is one of 0 to 12"
        case .arrayLengthImpossible: "an array fits the bytes that follow"
        case .arrayNested: "an array holds scalars or strings (the upstream loader refuses arrays of arrays)"
        case .arrayNestedTooDeeply: "arrays are nested at most a few levels deep"
        case .stringLengthImpossible: "a string fits the bytes that follow"
        case .stringNotUTF8: "a string is valid UTF-8"
        case .stringContainsNUL: "a string has no NUL (C readers end there)"
        case .boolNotZeroOrOne: "a bool is stored as 0 or 1"
        case .alignmentWrongType: "general.alignment is a uint32"
        case .alignmentZero: "general.alignment is not 0"
        case .alignmentNotPowerOfTwo: "general.alignment is a power of two (upstream loader)"
        case .alignmentNotMultipleOfEight: "general.alignment is a multiple of 8"
        case .alignmentTooLarge: "general.alignment is of a useful size"
        case .truncatedTensorInfos: "the tensor records are complete"
        case .tensorNameLengthImpossible: "a tensor name fits the bytes that follow"
        case .tensorNameTooLong: "a tensor name has at most 64 bytes"
        case .tensorNameFillsBuffer: "a tensor name has at most 63 bytes in the upstream loader, which adds a NUL"
        case .tensorNameEmpty: "a tensor has a name"
        case .tensorNameNotUTF8: "a tensor name is valid UTF-8"
        case .tensorNameContainsNUL: "a tensor name has no NUL"
        case .duplicateTensorName: "tensor names are unique"
        case .dimensionCountZero: "a tensor has at least one dimension"
        case .dimensionCountTooLarge: "a tensor has at most 4 dimensions"
        case .dimensionZero: "no dimension is 0"
        case .dimensionNegative: "a dimension fits a signed 64-bit integer"
        case .elementCountOverflow: "the number of elements fits a signed 64-bit integer"
        case .tensorOffsetUnaligned: "a tensor's offset is a multiple of the alignment"
        case .tensorOffsetOutsideFile: "a tensor's data begins inside the file"
        case .dataSectionMissing: "the tensor data follows the tensor records"
        }
    }

    /// Whether a strict reader has to stop here: what follows cannot be located, or two readers would take it for different things.
    ///
    /// This is what `GGUFFile.open` throws for. Rules with finer verdicts belong to the verifier.
    public var preventsReading: Bool {
        switch self {
        case .keyNotUTF8, .keyContainsNUL, .keyFormUnusual, .arrayNested, .stringNotUTF8, .stringContainsNUL, .boolNotZeroOrOne,
            .alignmentNotMultipleOfEight, .tensorNameFillsBuffer, .dimensionCountZero, .keyEmpty:
            false
        default: true
        }
    }
}

extension StructuralProblem: CustomStringConvertible {
    /// One line: what, where, expected and found.
    public var description: String {
        let about =
            switch subject {
            case .file: ""
            case .key(let key, let index): key.isEmpty ? "metadata entry \(index): " : "key \(key): "
            case .tensor(let name, let index): name.isEmpty ? "tensor \(index): " : "tensor \(name): "
            }
        return "\(about)\(code.fact); expected \(expected), found \(found) (at byte \(offset))"
    }
}
