import Foreign

/// One thing about the container's structure that is not as the format describes it.
///
/// A scan reports problems as facts, without a verdict: whether a problem makes a file unusable depends on who wants to read it.
public struct StructuralProblem: Hashable, Sendable {
    /// What kind of problem it is; the raw values are stable names.
    public let code: Code
    /// Where in the file the offending field begins, in bytes from its start.
    public let offset: Int
    /// What part of the file it is about.
    public let subject: Subject
    /// What the format asks for at this place, as a phrase.
    public let expected: String
    /// What the file has there, as a phrase.
    public let found: String

    /// Whether the file is of a kind that is not read here, rather than damaged.
    public var isUnreadKind: Bool { code == .bigEndian || code == .version1 }

    /// The part of a file that a problem is about.
    public enum Subject: Hashable, Sendable {
        /// The file as a whole or its fixed header.
        case file
        /// Metadata entry number `index` (from 0) with the given key, empty where the key could not be read.
        case key(ForeignText, index: Int)
        /// Tensor record number `index` (from 0) with the given name, empty where the name could not be read.
        case tensor(ForeignText, index: Int)
    }

    /// The kinds of structural problem.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        // The file and its fixed header.
        case emptyFile = "empty-file"
        case foreignFormat = "foreign-format"
        case badMagic = "bad-magic"
        case truncatedHeader = "truncated-header"
        case bigEndian = "big-endian"
        case versionByteSwapped = "version-byte-swapped"
        case version1 = "version-1"
        case versionUnknown = "version-unknown"
        case tensorCountImpossible = "tensor-count-impossible"
        case metadataCountImpossible = "metadata-count-impossible"
        case tensorLimitExceeded = "tensor-limit-exceeded"
        case metadataLimitExceeded = "metadata-limit-exceeded"

        // Metadata.
        case truncatedMetadata = "truncated-metadata"
        case keyLengthImpossible = "key-length-impossible"
        case keyTooLong = "key-too-long"
        case keyEmpty = "key-empty"
        case keyNotUTF8 = "key-not-utf8"
        case keyContainsNUL = "key-contains-nul"
        case keyFormUnusual = "key-form-unusual"
        case duplicateKey = "duplicate-key"
        case duplicateKeyDiffers = "duplicate-key-differs"
        case valueTypeUnknown = "value-type-unknown"
        case arrayElementTypeUnknown = "array-element-type-unknown"
        case arrayLengthImpossible = "array-length-impossible"
        case arrayNested = "array-nested"
        case arrayNestedTooDeeply = "array-nested-too-deeply"
        case stringLengthImpossible = "string-length-impossible"
        case stringNotUTF8 = "string-not-utf8"
        case stringContainsNUL = "string-contains-nul"
        case boolNotZeroOrOne = "bool-not-zero-or-one"
        case alignmentWrongType = "alignment-wrong-type"
        case alignmentZero = "alignment-zero"
        case alignmentNotPowerOfTwo = "alignment-not-power-of-two"
        case alignmentNotMultipleOfEight = "alignment-not-multiple-of-eight"
        case alignmentTooLarge = "alignment-too-large"

        // Tensor records.
        case truncatedTensorInfos = "truncated-tensor-infos"
        case tensorNameLengthImpossible = "tensor-name-length-impossible"
        case tensorNameTooLong = "tensor-name-too-long"
        case tensorNameFillsBuffer = "tensor-name-fills-buffer"
        case tensorNameEmpty = "tensor-name-empty"
        case tensorNameNotUTF8 = "tensor-name-not-utf8"
        case tensorNameContainsNUL = "tensor-name-contains-nul"
        case duplicateTensorName = "duplicate-tensor-name"
        case dimensionCountZero = "dimension-count-zero"
        case dimensionCountTooLarge = "dimension-count-too-large"
        case dimensionZero = "dimension-zero"
        case dimensionNegative = "dimension-negative"
        case elementCountOverflow = "element-count-overflow"
        case tensorOffsetUnaligned = "tensor-offset-unaligned"
        case tensorOffsetOutsideFile = "tensor-offset-outside-file"
        case dataSectionMissing = "data-section-missing"
    }
}
