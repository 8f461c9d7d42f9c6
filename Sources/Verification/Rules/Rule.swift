/// The numbered rules that this module applies to a file; `Spec/gguf.yaml` has their text, class and severity.
///
/// Checks inside blocks that have no rule of their own are cited by the clause of their format (`R6-05`).
public enum Rule: String, Sendable, Hashable, CaseIterable {
    // The fixed header.
    case magicCut = "GGUF-01"
    case magic = "GGUF-02"
    case foreignFormat = "GGUF-03"
    case headerCut = "GGUF-04"
    case byteOrder = "GGUF-05"
    case version = "GGUF-06"
    case versionObsolete = "GGUF-07"
    case versionOld = "GGUF-08"
    case tensorCount = "GGUF-09"
    case keyCount = "GGUF-10"
    case limits = "GGUF-11"

    // Metadata as bytes.
    case metadataCut = "GGUF-12"
    case keyLength = "GGUF-13"
    case keyTooLong = "GGUF-14"
    case keyEmpty = "GGUF-15"
    case keyEncoding = "GGUF-16"
    case keyStyle = "GGUF-17"
    case keyRepeated = "GGUF-18"
    case keyContradicted = "GGUF-19"
    case valueType = "GGUF-20"
    case elementType = "GGUF-21"
    case arrayLength = "GGUF-22"
    case arrayNested = "GGUF-23"
    case arrayDepth = "GGUF-24"
    case boolean = "GGUF-25"
    case stringLength = "GGUF-26"
    case stringEncoding = "GGUF-27"
    case stringNUL = "GGUF-28"
    case alignmentType = "GGUF-29"
    case alignmentValue = "GGUF-30"
    case alignmentSize = "GGUF-31"

    // Metadata as meaning.
    case architectureMissing = "GGUF-32"
    case architectureValue = "GGUF-33"
    case quantizationVersion = "GGUF-34"
    case fileTypeUnknown = "GGUF-35"
    case fileTypeDisagrees = "GGUF-36"
    case hyperParameterMissing = "GGUF-37"
    case hyperParameterType = "GGUF-38"
    case blockCount = "GGUF-39"
    case vocabulary = "GGUF-40"

    // Tensor records.
    case tensorTableCut = "GGUF-41"
    case noTensors = "GGUF-42"
    case tensorNameEmpty = "GGUF-43"
    case tensorNameLength = "GGUF-44"
    case tensorNameEncoding = "GGUF-45"
    case tensorNameNUL = "GGUF-46"
    case tensorNameRepeated = "GGUF-47"
    case dimensionCount = "GGUF-48"
    case dimensionless = "GGUF-49"
    case dimensionZero = "GGUF-50"
    case dimensionRange = "GGUF-51"
    case elementCount = "GGUF-52"
    case rowNotWholeBlocks = "GGUF-53"
    case typeUnknown = "GGUF-54"
    case typeRemoved = "GGUF-55"
    case typeOfFork = "GGUF-56"

    // Where the data lies.
    case dataMissing = "GGUF-57"
    case offsetUnaligned = "GGUF-58"
    case offsetRange = "GGUF-59"
    case dataOutsideFile = "GGUF-60"
    case overlap = "GGUF-61"
    case gap = "GGUF-62"
    case hiddenData = "GGUF-63"
    case spanMisfit = "GGUF-64"
    case firstOffset = "GGUF-65"
    case dataOrder = "GGUF-66"
    case headerPadding = "GGUF-67"
    case tensorPadding = "GGUF-68"
    case finalPadding = "GGUF-69"
    case trailingBytes = "GGUF-70"

    // Tensors of a known architecture.
    case tensorMissing = "GGUF-71"
    case shape = "GGUF-72"
    case tensorUnexpected = "GGUF-73"
    case vectorQuantized = "GGUF-74"

    // What the loader asks for.
    case architectureDescribed = "ARCH-01"
    case architectureKnown = "ARCH-02"
    case loaderKeyMissing = "ARCH-03"
    case loaderKeyType = "ARCH-04"
    case layerArrayLength = "ARCH-05"
    case hyperParameterConstraint = "ARCH-06"
    case tensorUnusual = "ARCH-07"
    case loaderWord = "ARCH-08"

    // Split sets.
    case splitKeys = "GGUF-75"
    case splitNumber = "GGUF-76"
    case splitPartMissing = "GGUF-77"
    case splitPartsDisagree = "GGUF-78"
    case splitTensors = "GGUF-79"
    case splitFileNames = "GGUF-80"
    case splitMetadata = "GGUF-81"

    // Text that programs run.
    case templateReach = "GGUF-82"

    // What tensors need beside their blocks.
    case companionScale = "GGUF-83"
    case rotationKeys = "GGUF-84"
    case typeNotForFiles = "GGUF-85"

    // Content.
    case scaleNaN = "CONTENT-01"
    case scaleInfinite = "CONTENT-02"
    case floatNaN = "CONTENT-03"
    case floatInfinite = "CONTENT-04"
    case tensorZero = "CONTENT-05"
    case tensorConstant = "CONTENT-06"
    case blocksRepeated = "CONTENT-07"
    case rowsZero = "CONTENT-08"
    case scaleSubnormal = "CONTENT-09"
    case integerTensor = "CONTENT-10"
    case outOfProportion = "CONTENT-11"
    case floatMagnitude = "CONTENT-12"
    case floatByteOrder = "CONTENT-13"
    case countZeroButFilled = "IDENT-08"
    case countTooLarge = "IDENT-09"
    case sentinelOverWeight0 = "IDENT-10"
    case sentinelOverWeight255 = "IDENT-11"
    case readersDifferAtOutliers = "IDENT-12"

    // Dialect and revision.
    case dialect = "IDENT-01"
    case noDialectFits = "IDENT-02"
    case dialectsDisagree = "IDENT-03"
    case stockNumbersShifted = "IDENT-04"
    case numberCollides = "IDENT-05"
    case revisionAmbiguous = "IDENT-06"
    case readerMisreads = "IDENT-07"
    case fileTypeOfOtherDialect = "IDENT-13"
    case pythonBlockSize = "IDENT-14"
    case strideDiffersOnGPU = "IDENT-15"
    case revisionSuperseded = "IDENT-16"
    case partsOfOneDialect = "IDENT-17"

    // What the file says itself of its dialect and revisions.
    case stampIncomplete = "STAMP-01"
    case stampValueType = "STAMP-02"
    case stampVersion = "STAMP-03"
    case stampNewer = "STAMP-04"
    case stampDialectUnknown = "STAMP-05"
    case stampEntry = "STAMP-06"
    case stampFormatUnknown = "STAMP-07"
    case stampRepeated = "STAMP-08"
    case stampNotTheFiles = "STAMP-09"
    case stampNotTheDialects = "STAMP-10"
    case stampContradicted = "STAMP-11"

    // What was not checked, where it had to be.
    case coverContainer = "COVER-01"
    case coverBlocks = "COVER-02"
    case coverArchitecture = "COVER-03"
    case coverTokenizer = "COVER-04"
    case coverLabel = "COVER-05"
    case coverDigests = "COVER-06"
    case coverParts = "COVER-07"

    // Policies.
    case knownGone = "POLICY-01"

    // The tokenizer.
    case tokenizerMissing = "TOK-01"
    case tokenizerModelMissing = "TOK-02"
    case tokenizerModelUnknown = "TOK-03"
    case tokenizerPreUnknown = "TOK-04"
    case tokenizerPreMissing = "TOK-05"
    case tokensMissing = "TOK-06"
    case mergesMissing = "TOK-07"
    case tokenizerArrayType = "TOK-08"
    case tokenizerArrayShort = "TOK-09"
    case tokenizerArrayLong = "TOK-10"
    case tokenizerKeyType = "TOK-11"
    case tokenOutOfRange = "TOK-12"
    case tokenRepeated = "TOK-13"
    case tokenType = "TOK-14"
    case tokenizerScore = "TOK-15"
    case tokenizerBeginningMissing = "TOK-16"
    case mergeForm = "TOK-17"
    case mergePart = "TOK-18"
    case mergeResult = "TOK-19"
    case mergeRepeated = "TOK-20"
    case tokenizerByteMissing = "TOK-21"
    case tokenizerCharacterMap = "TOK-22"
    case tokenizerByteForm = "TOK-23"
    case tokenizerByteLength = "TOK-24"

    // Manifests.
    case manifestUnreadable = "MANIFEST-01"
    case tensorDigest = "MANIFEST-02"
    case headerDigest = "MANIFEST-03"
    case manifestTensorMissing = "MANIFEST-04"
    case manifestTensorExtra = "MANIFEST-05"

    /// Whether breaking it makes the container malformed, or unreadable as what it says it is; the rest is about meaning.
    public var isStructural: Bool {
        let parts = rawValue.split(separator: "-")
        guard parts.first == "GGUF", let number = parts.last.flatMap({ Int($0) }) else { return false }
        return number <= 31 || (41...70).contains(number)
    }
}
