// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

/// The numbered rules that findings about a file cite; `Spec/gguf.yaml` has their text, class, severities and sentences.
///
/// Checks inside blocks that have no rule of their own are cited by the clause of their format (`R6-05`).
public enum Rule: String, Sendable, Hashable, CaseIterable {
    /// Enough bytes for the magic.
    case magicCut = "GGUF-01"
    /// Magic.
    case magic = "GGUF-02"
    /// Not another kind of file.
    case foreignFormat = "GGUF-03"
    /// Complete header.
    case headerCut = "GGUF-04"
    /// Little-endian.
    case byteOrder = "GGUF-05"
    /// Known version.
    case version = "GGUF-06"
    /// Not version 1.
    case versionObsolete = "GGUF-07"
    /// Current version.
    case versionOld = "GGUF-08"
    /// Plausible tensor count.
    case tensorCount = "GGUF-09"
    /// Plausible key count.
    case keyCount = "GGUF-10"
    /// Within the verifier's limits.
    case limits = "GGUF-11"
    /// Metadata inside the file.
    case metadataCut = "GGUF-12"
    /// Key length.
    case keyLength = "GGUF-13"
    /// Key of at most 65535 bytes.
    case keyTooLong = "GGUF-14"
    /// Key not empty.
    case keyEmpty = "GGUF-15"
    /// Key encoding.
    case keyEncoding = "GGUF-16"
    /// Key style.
    case keyStyle = "GGUF-17"
    /// Unique keys.
    case keyRepeated = "GGUF-18"
    /// Duplicate key with another value.
    case keyContradicted = "GGUF-19"
    /// Value type.
    case valueType = "GGUF-20"
    /// Array element type.
    case elementType = "GGUF-21"
    /// Array length.
    case arrayLength = "GGUF-22"
    /// Nested array.
    case arrayNested = "GGUF-23"
    /// Array depth.
    case arrayDepth = "GGUF-24"
    /// Boolean value.
    case boolean = "GGUF-25"
    /// String length.
    case stringLength = "GGUF-26"
    /// String encoding.
    case stringEncoding = "GGUF-27"
    /// NUL in a string.
    case stringNUL = "GGUF-28"
    /// Alignment type.
    case alignmentType = "GGUF-29"
    /// Alignment value.
    case alignmentValue = "GGUF-30"
    /// Reasonable alignment.
    case alignmentSize = "GGUF-31"
    /// Architecture present.
    case architectureMissing = "GGUF-32"
    /// Architecture value.
    case architectureValue = "GGUF-33"
    /// Quantization version.
    case quantizationVersion = "GGUF-34"
    /// File type known.
    case fileTypeUnknown = "GGUF-35"
    /// File type agrees with the tensors.
    case fileTypeDisagrees = "GGUF-36"
    /// Required hyper-parameters.
    case hyperParameterMissing = "GGUF-37"
    /// Type of hyper-parameters.
    case hyperParameterType = "GGUF-38"
    /// Block count.
    case blockCount = "GGUF-39"
    /// Vocabulary size.
    case vocabulary = "GGUF-40"
    /// Tensor table inside the file.
    case tensorTableCut = "GGUF-41"
    /// Tensors present.
    case noTensors = "GGUF-42"
    /// Tensor name not empty.
    case tensorNameEmpty = "GGUF-43"
    /// Tensor name length.
    case tensorNameLength = "GGUF-44"
    /// Tensor name encoding.
    case tensorNameEncoding = "GGUF-45"
    /// NUL in a tensor name.
    case tensorNameNUL = "GGUF-46"
    /// Unique tensor names.
    case tensorNameRepeated = "GGUF-47"
    /// Number of dimensions.
    case dimensionCount = "GGUF-48"
    /// At least one dimension.
    case dimensionless = "GGUF-49"
    /// No zero dimension.
    case dimensionZero = "GGUF-50"
    /// Dimension range.
    case dimensionRange = "GGUF-51"
    /// Element count.
    case elementCount = "GGUF-52"
    /// Row is a multiple of the block.
    case rowNotWholeBlocks = "GGUF-53"
    /// Known type.
    case typeUnknown = "GGUF-54"
    /// Type not removed.
    case typeRemoved = "GGUF-55"
    /// Type of a fork.
    case typeOfFork = "GGUF-56"
    /// Data section present.
    case dataMissing = "GGUF-57"
    /// Offset aligned.
    case offsetUnaligned = "GGUF-58"
    /// Offset range.
    case offsetRange = "GGUF-59"
    /// Data inside the file.
    case dataOutsideFile = "GGUF-60"
    /// No overlap.
    case overlap = "GGUF-61"
    /// No gap.
    case gap = "GGUF-62"
    /// Hidden data.
    case hiddenData = "GGUF-63"
    /// Span fits the type.
    case spanMisfit = "GGUF-64"
    /// First tensor at 0.
    case firstOffset = "GGUF-65"
    /// Data in table order.
    case dataOrder = "GGUF-66"
    /// Header padding is zero.
    case headerPadding = "GGUF-67"
    /// Tensor padding is zero.
    case tensorPadding = "GGUF-68"
    /// Final padding.
    case finalPadding = "GGUF-69"
    /// Trailing bytes.
    case trailingBytes = "GGUF-70"
    /// Required tensors.
    case tensorMissing = "GGUF-71"
    /// Shapes agree with the hyper-parameters.
    case shape = "GGUF-72"
    /// Unexpected tensors.
    case tensorUnexpected = "GGUF-73"
    /// Norms in floating point.
    case vectorQuantized = "GGUF-74"
    /// Architecture described.
    case architectureDescribed = "ARCH-01"
    /// Architecture known to the loader.
    case architectureKnown = "ARCH-02"
    /// Keys that the loader requires.
    case loaderKeyMissing = "ARCH-03"
    /// Types that the loader reads.
    case loaderKeyType = "ARCH-04"
    /// Length of arrays by layer.
    case layerArrayLength = "ARCH-05"
    /// Hyper-parameters that go together.
    case hyperParameterConstraint = "ARCH-06"
    /// Unusual tensors.
    case tensorUnusual = "ARCH-07"
    /// Words that the loader knows.
    case loaderWord = "ARCH-08"
    /// Split keys complete.
    case splitKeys = "GGUF-75"
    /// Split number.
    case splitNumber = "GGUF-76"
    /// All parts present.
    case splitPartMissing = "GGUF-77"
    /// Parts agree.
    case splitPartsDisagree = "GGUF-78"
    /// Tensors of a split set.
    case splitTensors = "GGUF-79"
    /// Names of parts.
    case splitFileNames = "GGUF-80"
    /// Metadata in the first part.
    case splitMetadata = "GGUF-81"
    /// Chat template stays inside its sandbox.
    case templateReach = "GGUF-82"
    /// Tensors of NVFP4 have their scale.
    case companionScale = "GGUF-83"
    /// Rotated weights are described.
    case rotationKeys = "GGUF-84"
    /// Types made for files.
    case typeNotForFiles = "GGUF-85"
    /// Whole groups of interleaved rows.
    case rowsNotWholeGroups = "GGUF-86"
    /// Scale is a number.
    case scaleNaN = "CONTENT-01"
    /// Scale is finite.
    case scaleInfinite = "CONTENT-02"
    /// Floats are numbers.
    case floatNaN = "CONTENT-03"
    /// Floats are finite.
    case floatInfinite = "CONTENT-04"
    /// Tensor not all zero.
    case tensorZero = "CONTENT-05"
    /// Tensor not constant.
    case tensorConstant = "CONTENT-06"
    /// Blocks not repeated.
    case blocksRepeated = "CONTENT-07"
    /// Zero rows.
    case rowsZero = "CONTENT-08"
    /// Subnormal scale.
    case scaleSubnormal = "CONTENT-09"
    /// Integer tensor range.
    case integerTensor = "CONTENT-10"
    /// Scales in proportion.
    case outOfProportion = "CONTENT-11"
    /// Plain floats of a plausible size.
    case floatMagnitude = "CONTENT-12"
    /// Byte order of a tensor.
    case floatByteOrder = "CONTENT-13"
    /// Container covered.
    case coverContainer = "COVER-01"
    /// Blocks covered.
    case coverBlocks = "COVER-02"
    /// Architecture covered.
    case coverArchitecture = "COVER-03"
    /// Tokenizer covered.
    case coverTokenizer = "COVER-04"
    /// Label covered.
    case coverLabel = "COVER-05"
    /// Digests covered.
    case coverDigests = "COVER-06"
    /// Parts covered.
    case coverParts = "COVER-07"
    /// Known finding still there.
    case knownGone = "POLICY-01"
    /// Manifest readable.
    case manifestUnreadable = "MANIFEST-01"
    /// Digest of a tensor.
    case tensorDigest = "MANIFEST-02"
    /// Digest of the header.
    case headerDigest = "MANIFEST-03"
    /// Tensor missing.
    case manifestTensorMissing = "MANIFEST-04"
    /// Tensor not in the manifest.
    case manifestTensorExtra = "MANIFEST-05"
    /// Dialect identified.
    case dialect = "IDENT-01"
    /// No dialect fits.
    case noDialectFits = "IDENT-02"
    /// Several dialects fit.
    case dialectsDisagree = "IDENT-03"
    /// Stock numbers shifted.
    case stockNumbersShifted = "IDENT-04"
    /// Number collides.
    case numberCollides = "IDENT-05"
    /// Revision ambiguous.
    case revisionAmbiguous = "IDENT-06"
    /// Known reader misreads.
    case readerMisreads = "IDENT-07"
    /// Count zero with filled slots.
    case countZeroButFilled = "IDENT-08"
    /// Count over the slots.
    case countTooLarge = "IDENT-09"
    /// Unused slot destroys weight 0.
    case sentinelOverWeight0 = "IDENT-10"
    /// Sentinel destroys weight 255.
    case sentinelOverWeight255 = "IDENT-11"
    /// Readers differ at outliers.
    case readersDifferAtOutliers = "IDENT-12"
    /// File type of another dialect.
    case fileTypeOfOtherDialect = "IDENT-13"
    /// Block size of the Python package.
    case pythonBlockSize = "IDENT-14"
    /// Another stride on the GPU.
    case strideDiffersOnGPU = "IDENT-15"
    /// Superseded revision.
    case revisionSuperseded = "IDENT-16"
    /// Parts of one dialect.
    case partsOfOneDialect = "IDENT-17"
    /// Stamp complete.
    case stampIncomplete = "STAMP-01"
    /// Value types of the stamp's keys.
    case stampValueType = "STAMP-02"
    /// Version of the stamp.
    case stampVersion = "STAMP-03"
    /// Version known.
    case stampNewer = "STAMP-04"
    /// Dialect of the stamp known.
    case stampDialectUnknown = "STAMP-05"
    /// Entries of hifi.types.
    case stampEntry = "STAMP-06"
    /// Formats of hifi.types known.
    case stampFormatUnknown = "STAMP-07"
    /// Each number once.
    case stampRepeated = "STAMP-08"
    /// Numbers of the file.
    case stampNotTheFiles = "STAMP-09"
    /// Numbers of the dialect.
    case stampNotTheDialects = "STAMP-10"
    /// Stamp agrees with the tensors.
    case stampContradicted = "STAMP-11"
    /// Tokenizer present.
    case tokenizerMissing = "TOK-01"
    /// Tokenizer model named.
    case tokenizerModelMissing = "TOK-02"
    /// Tokenizer model known.
    case tokenizerModelUnknown = "TOK-03"
    /// Pre-tokenizer known.
    case tokenizerPreUnknown = "TOK-04"
    /// Pre-tokenizer named.
    case tokenizerPreMissing = "TOK-05"
    /// Tokens listed.
    case tokensMissing = "TOK-06"
    /// Merges listed.
    case mergesMissing = "TOK-07"
    /// Types of arrays.
    case tokenizerArrayType = "TOK-08"
    /// A value for each token.
    case tokenizerArrayShort = "TOK-09"
    /// No values without a token.
    case tokenizerArrayLong = "TOK-10"
    /// Types of single keys.
    case tokenizerKeyType = "TOK-11"
    /// Named tokens exist.
    case tokenOutOfRange = "TOK-12"
    /// Tokens distinct.
    case tokenRepeated = "TOK-13"
    /// Token types known.
    case tokenType = "TOK-14"
    /// Scores finite.
    case tokenizerScore = "TOK-15"
    /// Beginning named.
    case tokenizerBeginningMissing = "TOK-16"
    /// Form of merges.
    case mergeForm = "TOK-17"
    /// Halves of merges are tokens.
    case mergePart = "TOK-18"
    /// Merges join to tokens.
    case mergeResult = "TOK-19"
    /// Merges distinct.
    case mergeRepeated = "TOK-20"
    /// A token for each byte.
    case tokenizerByteMissing = "TOK-21"
    /// Map of characters complete.
    case tokenizerCharacterMap = "TOK-22"
    /// Byte tokens.
    case tokenizerByteForm = "TOK-23"
    /// Byte tokens long enough.
    case tokenizerByteLength = "TOK-24"

    /// Position in the spec's list of rules.
    var number: Int {
        switch self {
        case .magicCut: 0
        case .magic: 1
        case .foreignFormat: 2
        case .headerCut: 3
        case .byteOrder: 4
        case .version: 5
        case .versionObsolete: 6
        case .versionOld: 7
        case .tensorCount: 8
        case .keyCount: 9
        case .limits: 10
        case .metadataCut: 11
        case .keyLength: 12
        case .keyTooLong: 13
        case .keyEmpty: 14
        case .keyEncoding: 15
        case .keyStyle: 16
        case .keyRepeated: 17
        case .keyContradicted: 18
        case .valueType: 19
        case .elementType: 20
        case .arrayLength: 21
        case .arrayNested: 22
        case .arrayDepth: 23
        case .boolean: 24
        case .stringLength: 25
        case .stringEncoding: 26
        case .stringNUL: 27
        case .alignmentType: 28
        case .alignmentValue: 29
        case .alignmentSize: 30
        case .architectureMissing: 31
        case .architectureValue: 32
        case .quantizationVersion: 33
        case .fileTypeUnknown: 34
        case .fileTypeDisagrees: 35
        case .hyperParameterMissing: 36
        case .hyperParameterType: 37
        case .blockCount: 38
        case .vocabulary: 39
        case .tensorTableCut: 40
        case .noTensors: 41
        case .tensorNameEmpty: 42
        case .tensorNameLength: 43
        case .tensorNameEncoding: 44
        case .tensorNameNUL: 45
        case .tensorNameRepeated: 46
        case .dimensionCount: 47
        case .dimensionless: 48
        case .dimensionZero: 49
        case .dimensionRange: 50
        case .elementCount: 51
        case .rowNotWholeBlocks: 52
        case .typeUnknown: 53
        case .typeRemoved: 54
        case .typeOfFork: 55
        case .dataMissing: 56
        case .offsetUnaligned: 57
        case .offsetRange: 58
        case .dataOutsideFile: 59
        case .overlap: 60
        case .gap: 61
        case .hiddenData: 62
        case .spanMisfit: 63
        case .firstOffset: 64
        case .dataOrder: 65
        case .headerPadding: 66
        case .tensorPadding: 67
        case .finalPadding: 68
        case .trailingBytes: 69
        case .tensorMissing: 70
        case .shape: 71
        case .tensorUnexpected: 72
        case .vectorQuantized: 73
        case .architectureDescribed: 74
        case .architectureKnown: 75
        case .loaderKeyMissing: 76
        case .loaderKeyType: 77
        case .layerArrayLength: 78
        case .hyperParameterConstraint: 79
        case .tensorUnusual: 80
        case .loaderWord: 81
        case .splitKeys: 82
        case .splitNumber: 83
        case .splitPartMissing: 84
        case .splitPartsDisagree: 85
        case .splitTensors: 86
        case .splitFileNames: 87
        case .splitMetadata: 88
        case .templateReach: 89
        case .companionScale: 90
        case .rotationKeys: 91
        case .typeNotForFiles: 92
        case .rowsNotWholeGroups: 93
        case .scaleNaN: 94
        case .scaleInfinite: 95
        case .floatNaN: 96
        case .floatInfinite: 97
        case .tensorZero: 98
        case .tensorConstant: 99
        case .blocksRepeated: 100
        case .rowsZero: 101
        case .scaleSubnormal: 102
        case .integerTensor: 103
        case .outOfProportion: 104
        case .floatMagnitude: 105
        case .floatByteOrder: 106
        case .coverContainer: 107
        case .coverBlocks: 108
        case .coverArchitecture: 109
        case .coverTokenizer: 110
        case .coverLabel: 111
        case .coverDigests: 112
        case .coverParts: 113
        case .knownGone: 114
        case .manifestUnreadable: 115
        case .tensorDigest: 116
        case .headerDigest: 117
        case .manifestTensorMissing: 118
        case .manifestTensorExtra: 119
        case .dialect: 120
        case .noDialectFits: 121
        case .dialectsDisagree: 122
        case .stockNumbersShifted: 123
        case .numberCollides: 124
        case .revisionAmbiguous: 125
        case .readerMisreads: 126
        case .countZeroButFilled: 127
        case .countTooLarge: 128
        case .sentinelOverWeight0: 129
        case .sentinelOverWeight255: 130
        case .readersDifferAtOutliers: 131
        case .fileTypeOfOtherDialect: 132
        case .pythonBlockSize: 133
        case .strideDiffersOnGPU: 134
        case .revisionSuperseded: 135
        case .partsOfOneDialect: 136
        case .stampIncomplete: 137
        case .stampValueType: 138
        case .stampVersion: 139
        case .stampNewer: 140
        case .stampDialectUnknown: 141
        case .stampEntry: 142
        case .stampFormatUnknown: 143
        case .stampRepeated: 144
        case .stampNotTheFiles: 145
        case .stampNotTheDialects: 146
        case .stampContradicted: 147
        case .tokenizerMissing: 148
        case .tokenizerModelMissing: 149
        case .tokenizerModelUnknown: 150
        case .tokenizerPreUnknown: 151
        case .tokenizerPreMissing: 152
        case .tokensMissing: 153
        case .mergesMissing: 154
        case .tokenizerArrayType: 155
        case .tokenizerArrayShort: 156
        case .tokenizerArrayLong: 157
        case .tokenizerKeyType: 158
        case .tokenOutOfRange: 159
        case .tokenRepeated: 160
        case .tokenType: 161
        case .tokenizerScore: 162
        case .tokenizerBeginningMissing: 163
        case .mergeForm: 164
        case .mergePart: 165
        case .mergeResult: 166
        case .mergeRepeated: 167
        case .tokenizerByteMissing: 168
        case .tokenizerCharacterMap: 169
        case .tokenizerByteForm: 170
        case .tokenizerByteLength: 171
        }
    }
}

/// What a scan of a container can find wrong with it. The raw values are stable names.
public enum ContainerProblem: String, Sendable, Hashable, CaseIterable {
    /// The file is empty.
    case emptyFile = "empty-file"
    /// The file ends inside its magic.
    case magicCut = "magic-cut"
    /// The file does not begin with the bytes GGUF.
    case badMagic = "bad-magic"
    /// The file does not begin with the bytes GGUF: it is another kind of file.
    case foreignFormat = "foreign-format"
    /// The file ends inside its fixed header.
    case truncatedHeader = "truncated-header"
    /// The file is big-endian, which is not supported.
    case bigEndian = "big-endian"
    /// The version is stored in the other byte order than everything else.
    case versionByteSwapped = "version-byte-swapped"
    /// The file has a version that does not exist.
    case versionUnknown = "version-unknown"
    /// The file is of version 1, with 32-bit lengths, which is obsolete and not read.
    case version1 = "version-1"
    /// More tensors are announced than the bytes that follow can hold.
    case tensorCountImpossible = "tensor-count-impossible"
    /// More metadata entries are announced than the bytes that follow can hold.
    case metadataCountImpossible = "metadata-count-impossible"
    /// The file has more metadata entries than this reader accepts.
    case metadataLimitExceeded = "metadata-limit-exceeded"
    /// The file has more tensors than this reader accepts.
    case tensorLimitExceeded = "tensor-limit-exceeded"
    /// The file ends inside the metadata.
    case truncatedMetadata = "truncated-metadata"
    /// A key is longer than the bytes that follow.
    case keyLengthImpossible = "key-length-impossible"
    /// A key is longer than 65535 bytes.
    case keyTooLong = "key-too-long"
    /// A key is empty.
    case keyEmpty = "key-empty"
    /// A key is not valid UTF-8.
    case keyNotUTF8 = "key-not-utf8"
    /// A key is not made of lower_snake_case parts joined by dots.
    case keyFormUnusual = "key-form-unusual"
    /// A key occurs more than once.
    case duplicateKey = "duplicate-key"
    /// A key occurs more than once, with different values.
    case duplicateKeyDiffers = "duplicate-key-differs"
    /// A value type is outside 0 to 12.
    case valueTypeUnknown = "value-type-unknown"
    /// An array's element type is outside 0 to 12.
    case arrayElementTypeUnknown = "array-element-type-unknown"
    /// An array is longer than the bytes that follow.
    case arrayLengthImpossible = "array-length-impossible"
    /// An array holds arrays, which the upstream loader refuses.
    case arrayNested = "array-nested"
    /// Arrays are nested too deeply to be read.
    case arrayNestedTooDeeply = "array-nested-too-deeply"
    /// A bool is stored as neither 0 nor 1.
    case boolNotZeroOrOne = "bool-not-zero-or-one"
    /// A string is longer than the bytes that follow.
    case stringLengthImpossible = "string-length-impossible"
    /// A string is not valid UTF-8.
    case stringNotUTF8 = "string-not-utf8"
    /// A key contains a NUL.
    case keyContainsNUL = "key-contains-nul"
    /// A string contains a NUL, where C readers end it.
    case stringContainsNUL = "string-contains-nul"
    /// The key general.alignment is not a uint32.
    case alignmentWrongType = "alignment-wrong-type"
    /// The key general.alignment is not a multiple of 8.
    case alignmentNotMultipleOfEight = "alignment-not-multiple-of-eight"
    /// The key general.alignment is not a power of two, which the upstream loader requires.
    case alignmentNotPowerOfTwo = "alignment-not-power-of-two"
    /// The key general.alignment is 0.
    case alignmentZero = "alignment-zero"
    /// The key general.alignment is unreasonably large.
    case alignmentTooLarge = "alignment-too-large"
    /// A tensor name is longer than the bytes that follow.
    case tensorNameLengthImpossible = "tensor-name-length-impossible"
    /// The file ends inside the tensor records.
    case truncatedTensorInfos = "truncated-tensor-infos"
    /// A tensor has no name.
    case tensorNameEmpty = "tensor-name-empty"
    /// A tensor name has 64 bytes, one more than the upstream loader can store with its NUL.
    case tensorNameFillsBuffer = "tensor-name-fills-buffer"
    /// A tensor name is longer than 64 bytes.
    case tensorNameTooLong = "tensor-name-too-long"
    /// A tensor name is not valid UTF-8.
    case tensorNameNotUTF8 = "tensor-name-not-utf8"
    /// A tensor name contains a NUL.
    case tensorNameContainsNUL = "tensor-name-contains-nul"
    /// A tensor name occurs more than once.
    case duplicateTensorName = "duplicate-tensor-name"
    /// A tensor has more than 4 dimensions.
    case dimensionCountTooLarge = "dimension-count-too-large"
    /// A tensor has no dimensions.
    case dimensionCountZero = "dimension-count-zero"
    /// A dimension is 0.
    case dimensionZero = "dimension-zero"
    /// A dimension is too large for a signed 64-bit integer.
    case dimensionNegative = "dimension-negative"
    /// The number of elements is too large for a signed 64-bit integer.
    case elementCountOverflow = "element-count-overflow"
    /// The file ends before the tensor data.
    case dataSectionMissing = "data-section-missing"
    /// A tensor's offset is not a multiple of the alignment.
    case tensorOffsetUnaligned = "tensor-offset-unaligned"
    /// A tensor's offset is none that a file can have.
    case tensorOffsetOutOfRange = "tensor-offset-out-of-range"
    /// A tensor's data begins past the end of the file.
    case tensorOffsetOutsideFile = "tensor-offset-outside-file"

    /// The rule that is broken.
    public var rule: Rule {
        switch self {
        case .emptyFile: .magicCut
        case .magicCut: .magicCut
        case .badMagic: .magic
        case .foreignFormat: .foreignFormat
        case .truncatedHeader: .headerCut
        case .bigEndian: .byteOrder
        case .versionByteSwapped: .byteOrder
        case .versionUnknown: .version
        case .version1: .versionObsolete
        case .tensorCountImpossible: .tensorCount
        case .metadataCountImpossible: .keyCount
        case .metadataLimitExceeded: .limits
        case .tensorLimitExceeded: .limits
        case .truncatedMetadata: .metadataCut
        case .keyLengthImpossible: .keyLength
        case .keyTooLong: .keyTooLong
        case .keyEmpty: .keyEmpty
        case .keyNotUTF8: .keyEncoding
        case .keyFormUnusual: .keyStyle
        case .duplicateKey: .keyRepeated
        case .duplicateKeyDiffers: .keyContradicted
        case .valueTypeUnknown: .valueType
        case .arrayElementTypeUnknown: .elementType
        case .arrayLengthImpossible: .arrayLength
        case .arrayNested: .arrayNested
        case .arrayNestedTooDeeply: .arrayDepth
        case .boolNotZeroOrOne: .boolean
        case .stringLengthImpossible: .stringLength
        case .stringNotUTF8: .stringEncoding
        case .keyContainsNUL: .stringNUL
        case .stringContainsNUL: .stringNUL
        case .alignmentWrongType: .alignmentType
        case .alignmentNotMultipleOfEight: .alignmentValue
        case .alignmentNotPowerOfTwo: .alignmentValue
        case .alignmentZero: .alignmentValue
        case .alignmentTooLarge: .alignmentSize
        case .tensorNameLengthImpossible: .tensorTableCut
        case .truncatedTensorInfos: .tensorTableCut
        case .tensorNameEmpty: .tensorNameEmpty
        case .tensorNameFillsBuffer: .tensorNameLength
        case .tensorNameTooLong: .tensorNameLength
        case .tensorNameNotUTF8: .tensorNameEncoding
        case .tensorNameContainsNUL: .tensorNameNUL
        case .duplicateTensorName: .tensorNameRepeated
        case .dimensionCountTooLarge: .dimensionCount
        case .dimensionCountZero: .dimensionless
        case .dimensionZero: .dimensionZero
        case .dimensionNegative: .dimensionRange
        case .elementCountOverflow: .elementCount
        case .dataSectionMissing: .dataMissing
        case .tensorOffsetUnaligned: .offsetUnaligned
        case .tensorOffsetOutOfRange: .offsetRange
        case .tensorOffsetOutsideFile: .dataOutsideFile
        }
    }

    /// What is the case, as a sentence without capital and full stop.
    public var fact: String {
        switch self {
        case .emptyFile: "the file is empty"
        case .magicCut: "the file ends inside its magic"
        case .badMagic: "the file does not begin with the bytes GGUF"
        case .foreignFormat: "the file does not begin with the bytes GGUF: it is another kind of file"
        case .truncatedHeader: "the file ends inside its fixed header"
        case .bigEndian: "the file is big-endian, which is not supported"
        case .versionByteSwapped: "the version is stored in the other byte order than everything else"
        case .versionUnknown: "the file has a version that does not exist"
        case .version1: "the file is of version 1, with 32-bit lengths, which is obsolete and not read"
        case .tensorCountImpossible: "more tensors are announced than the bytes that follow can hold"
        case .metadataCountImpossible: "more metadata entries are announced than the bytes that follow can hold"
        case .metadataLimitExceeded: "the file has more metadata entries than this reader accepts"
        case .tensorLimitExceeded: "the file has more tensors than this reader accepts"
        case .truncatedMetadata: "the file ends inside the metadata"
        case .keyLengthImpossible: "a key is longer than the bytes that follow"
        case .keyTooLong: "a key is longer than 65535 bytes"
        case .keyEmpty: "a key is empty"
        case .keyNotUTF8: "a key is not valid UTF-8"
        case .keyFormUnusual: "a key is not made of lower_snake_case parts joined by dots"
        case .duplicateKey: "a key occurs more than once"
        case .duplicateKeyDiffers: "a key occurs more than once, with different values"
        case .valueTypeUnknown: "a value type is outside 0 to 12"
        case .arrayElementTypeUnknown: "an array's element type is outside 0 to 12"
        case .arrayLengthImpossible: "an array is longer than the bytes that follow"
        case .arrayNested: "an array holds arrays, which the upstream loader refuses"
        case .arrayNestedTooDeeply: "arrays are nested too deeply to be read"
        case .boolNotZeroOrOne: "a bool is stored as neither 0 nor 1"
        case .stringLengthImpossible: "a string is longer than the bytes that follow"
        case .stringNotUTF8: "a string is not valid UTF-8"
        case .keyContainsNUL: "a key contains a NUL"
        case .stringContainsNUL: "a string contains a NUL, where C readers end it"
        case .alignmentWrongType: "the key general.alignment is not a uint32"
        case .alignmentNotMultipleOfEight: "the key general.alignment is not a multiple of 8"
        case .alignmentNotPowerOfTwo: "the key general.alignment is not a power of two, which the upstream loader requires"
        case .alignmentZero: "the key general.alignment is 0"
        case .alignmentTooLarge: "the key general.alignment is unreasonably large"
        case .tensorNameLengthImpossible: "a tensor name is longer than the bytes that follow"
        case .truncatedTensorInfos: "the file ends inside the tensor records"
        case .tensorNameEmpty: "a tensor has no name"
        case .tensorNameFillsBuffer: "a tensor name has 64 bytes, one more than the upstream loader can store with its NUL"
        case .tensorNameTooLong: "a tensor name is longer than 64 bytes"
        case .tensorNameNotUTF8: "a tensor name is not valid UTF-8"
        case .tensorNameContainsNUL: "a tensor name contains a NUL"
        case .duplicateTensorName: "a tensor name occurs more than once"
        case .dimensionCountTooLarge: "a tensor has more than 4 dimensions"
        case .dimensionCountZero: "a tensor has no dimensions"
        case .dimensionZero: "a dimension is 0"
        case .dimensionNegative: "a dimension is too large for a signed 64-bit integer"
        case .elementCountOverflow: "the number of elements is too large for a signed 64-bit integer"
        case .dataSectionMissing: "the file ends before the tensor data"
        case .tensorOffsetUnaligned: "a tensor's offset is not a multiple of the alignment"
        case .tensorOffsetOutOfRange: "a tensor's offset is none that a file can have"
        case .tensorOffsetOutsideFile: "a tensor's data begins past the end of the file"
        }
    }
}

/// What a check finds wrong with a block.
public enum BlockFault: String, Sendable, Hashable, CaseIterable {
    /// {field} is NaN.
    case scaleNaN
    /// {field} is infinite.
    case scaleInfinite
    /// It is NaN.
    case floatNaN
    /// It is infinite.
    case floatInfinite
    /// An outlier value is NaN.
    case outlierNaN
    /// An outlier value is infinite.
    case outlierInfinite
    /// The padding is not zero.
    case paddingWritten
    /// The outlier count is larger than the number of slots.
    case countPastSlots
    /// An outlier's position is outside the block.
    case positionOutside
    /// Two outliers have the same position.
    case positionTwice
    /// The outliers are not in order of position.
    case positionsUnsorted
    /// A slot past the count is not empty.
    case slotPastCount
    /// The base is not zero under an outlier, so readers that replace and readers that add it disagree.
    case baseUnderOutlier
    /// An unused slot overwrites weight 0.
    case sentinelOverWeight0
    /// An unused slot overwrites weight 255.
    case sentinelOverWeight255
    /// A position is used twice.
    case sentinelPositionTwice
    /// The count is zero although slots are filled.
    case countZeroButFilled
    /// {field} holds a byte that no encoder writes.
    case byteNeverWritten

    /// The kind of check that finds it.
    public var check: ContentCheck.Kind {
        switch self {
        case .scaleNaN: .finite
        case .scaleInfinite: .finite
        case .floatNaN: .finite
        case .floatInfinite: .finite
        case .outlierNaN: .finite
        case .outlierInfinite: .finite
        case .paddingWritten: .zero
        case .countPastSlots: .countWithinSlots
        case .positionOutside: .indexInBlock
        case .positionTwice: .distinct
        case .positionsUnsorted: .ascending
        case .slotPastCount: .unusedSlotsZero
        case .baseUnderOutlier: .baseZeroUnderOutlier
        case .sentinelOverWeight0: .sentinelSparesWeights
        case .sentinelOverWeight255: .sentinelSparesWeights
        case .sentinelPositionTwice: .sentinelSparesWeights
        case .countZeroButFilled: .countZeroButSlotsFilled
        case .byteNeverWritten: .bytesWritten
        }
    }

    /// The rule that it breaks; nil where it is cited by the clause of the block format.
    public var rule: Rule? {
        switch self {
        case .scaleNaN: .scaleNaN
        case .scaleInfinite: .scaleInfinite
        case .floatNaN: .floatNaN
        case .floatInfinite: .floatInfinite
        case .outlierNaN: nil
        case .outlierInfinite: nil
        case .paddingWritten: nil
        case .countPastSlots: .countTooLarge
        case .positionOutside: nil
        case .positionTwice: nil
        case .positionsUnsorted: nil
        case .slotPastCount: nil
        case .baseUnderOutlier: .readersDifferAtOutliers
        case .sentinelOverWeight0: .sentinelOverWeight0
        case .sentinelOverWeight255: .sentinelOverWeight255
        case .sentinelPositionTwice: nil
        case .countZeroButFilled: .countZeroButFilled
        case .byteNeverWritten: nil
        }
    }

    /// What is the case, as a sentence without capital and full stop.
    public func fact(field: String) -> String {
        switch self {
        case .scaleNaN: "\(field) is NaN"
        case .scaleInfinite: "\(field) is infinite"
        case .floatNaN: "it is NaN"
        case .floatInfinite: "it is infinite"
        case .outlierNaN: "an outlier value is NaN"
        case .outlierInfinite: "an outlier value is infinite"
        case .paddingWritten: "the padding is not zero"
        case .countPastSlots: "the outlier count is larger than the number of slots"
        case .positionOutside: "an outlier's position is outside the block"
        case .positionTwice: "two outliers have the same position"
        case .positionsUnsorted: "the outliers are not in order of position"
        case .slotPastCount: "a slot past the count is not empty"
        case .baseUnderOutlier: "the base is not zero under an outlier, so readers that replace and readers that add it disagree"
        case .sentinelOverWeight0: "an unused slot overwrites weight 0"
        case .sentinelOverWeight255: "an unused slot overwrites weight 255"
        case .sentinelPositionTwice: "a position is used twice"
        case .countZeroButFilled: "the count is zero although slots are filled"
        case .byteNeverWritten: "\(field) holds a byte that no encoder writes"
        }
    }

    /// What can be done about it, where the rule or the clause does not say.
    public var remedy: String? {
        switch self {
        case .scaleNaN: "Products with this block are not finite. Compare with a manifest, or quantize the tensor again and check its importance matrix."
        case .scaleInfinite: "Products with this block are not finite. Compare with a manifest, or quantize the tensor again and check its importance matrix."
        case .floatNaN: "Products with this tensor are not finite. Compare with the model it was made from, or download the file again."
        case .floatInfinite: "Products with this tensor are not finite. Compare with the model it was made from, or download the file again."
        case .outlierNaN: "Products with this block are not finite. Compare with a manifest, or quantize the tensor again and check its importance matrix."
        case .outlierInfinite: "Products with this block are not finite. Compare with a manifest, or quantize the tensor again and check its importance matrix."
        case .paddingWritten: "Another revision may have written the block, or the bytes were altered."
        case .countPastSlots: "Readers that trust the count read past the block."
        case .positionOutside: "Readers that trust the position write past the block."
        case .positionTwice: nil
        case .positionsUnsorted: nil
        case .slotPastCount: nil
        case .baseUnderOutlier: "Write the tensor again with an encoder of this revision, or download the file again."
        case .sentinelOverWeight0: "Write the tensor again with an encoder of this revision, or download the file again."
        case .sentinelOverWeight255: "Write the tensor again with an encoder of this revision, or download the file again."
        case .sentinelPositionTwice: "Write the tensor again with an encoder of this revision, or download the file again."
        case .countZeroButFilled: "The blocks may be of the revision without a count (r12): a reader of r13 drops their outliers."
        case .byteNeverWritten: "The bytes were altered, or are of another type. Compare with a manifest, or fetch the file again."
        }
    }
}

extension RuleSentence {
    /// GGUF-08: The file has version 2, which reads like version 3 but is no longer written.
    public static func versionOld() -> RuleSentence {
        RuleSentence(.versionOld, "The file has version 2, which reads like version 3 but is no longer written.")
    }

    /// GGUF-12: Metadata entry {index} looks like a tensor record: the metadata probably ends before it, and the key count is too large.
    public static func metadataCutCounted(index: String) -> RuleSentence {
        RuleSentence(.metadataCut, "Metadata entry \(index) looks like a tensor record: the metadata probably ends before it, and the key count is too large.")
    }

    /// GGUF-31: The alignment is too large.
    public static func alignmentSize() -> RuleSentence {
        RuleSentence(.alignmentSize, "The alignment is too large.")
    }

    /// GGUF-32: The key general.architecture is missing.
    public static func architectureMissing() -> RuleSentence {
        RuleSentence(.architectureMissing, "The key general.architecture is missing.")
    }

    /// GGUF-33: general.architecture is not the name of an architecture.
    public static func architectureValueForm() -> RuleSentence {
        RuleSentence(.architectureValue, "general.architecture is not the name of an architecture.")
    }

    /// GGUF-33: general.architecture is not a string.
    public static func architectureValueType() -> RuleSentence {
        RuleSentence(.architectureValue, "general.architecture is not a string.")
    }

    /// GGUF-34: The file has quantized tensors, but no quantization version.
    public static func quantizationVersionMissing() -> RuleSentence {
        RuleSentence(.quantizationVersion, "The file has quantized tensors, but no quantization version.")
    }

    /// GGUF-34: The quantization version is not the current one.
    public static func quantizationVersionOther() -> RuleSentence {
        RuleSentence(.quantizationVersion, "The quantization version is not the current one.")
    }

    /// GGUF-35: general.file_type has no meaning in the identified dialect.
    public static func fileTypeUnknown() -> RuleSentence {
        RuleSentence(.fileTypeUnknown, "general.file_type has no meaning in the identified dialect.")
    }

    /// GGUF-36: general.file_type is {number}, {name}, but the tensors have other types.
    public static func fileTypeDisagrees(number: String, name: String) -> RuleSentence {
        RuleSentence(.fileTypeDisagrees, "general.file_type is \(number), \(name), but the tensors have other types.")
    }

    /// GGUF-37: The key {key} is missing; {loader} requires it.
    public static func hyperParameterMissingRequired(key: String, loader: String) -> RuleSentence {
        RuleSentence(.hyperParameterMissing, "The key \(key) is missing; \(loader) requires it.")
    }

    /// GGUF-37: The key {key} is missing, on which the shape of {tensor} depends.
    public static func hyperParameterMissingShape(key: String, tensor: String) -> RuleSentence {
        RuleSentence(.hyperParameterMissing, "The key \(key) is missing, on which the shape of \(tensor) depends.")
    }

    /// GGUF-38: The value of {key} is not usable.
    public static func hyperParameterType(key: String) -> RuleSentence {
        RuleSentence(.hyperParameterType, "The value of \(key) is not usable.")
    }

    /// GGUF-39: The stated number of layers differs from that of the tensors.
    public static func blockCount() -> RuleSentence {
        RuleSentence(.blockCount, "The stated number of layers differs from that of the tensors.")
    }

    /// GGUF-40: The token list and the token embedding have different lengths.
    public static func vocabulary() -> RuleSentence {
        RuleSentence(.vocabulary, "The token list and the token embedding have different lengths.")
    }

    /// GGUF-41: Tensor record {index} has no name: the records probably end before it, and the tensor count is too large.
    public static func tensorTableCutCounted(index: String) -> RuleSentence {
        RuleSentence(.tensorTableCut, "Tensor record \(index) has no name: the records probably end before it, and the tensor count is too large.")
    }

    /// GGUF-42: The file describes no tensors: it holds metadata or a vocabulary only.
    public static func noTensors() -> RuleSentence {
        RuleSentence(.noTensors, "The file describes no tensors: it holds metadata or a vocabulary only.")
    }

    /// GGUF-46: The tensor's name has a control character.
    public static func tensorNameNULControl() -> RuleSentence {
        RuleSentence(.tensorNameNUL, "The tensor's name has a control character.")
    }

    /// GGUF-52: The tensor's size overflows.
    public static func elementCountBytes() -> RuleSentence {
        RuleSentence(.elementCount, "The tensor's size overflows.")
    }

    /// GGUF-53: The tensor's rows are not whole blocks of its type{type}.
    public static func rowNotWholeBlocks(type: String) -> RuleSentence {
        RuleSentence(.rowNotWholeBlocks, "The tensor's rows are not whole blocks of its type\(type).")
    }

    /// GGUF-54: The tensor has type {number}, which no known dialect assigns.
    public static func typeUnknown(number: String) -> RuleSentence {
        RuleSentence(.typeUnknown, "The tensor has type \(number), which no known dialect assigns.")
    }

    /// GGUF-55: The tensor has type {number}, which upstream has withdrawn: {meanings}.
    public static func typeRemoved(number: String, meanings: String) -> RuleSentence {
        RuleSentence(.typeRemoved, "The tensor has type \(number), which upstream has withdrawn: \(meanings).")
    }

    /// GGUF-56: The tensor has type {number}, which upstream does not assign: {meanings}.
    public static func typeOfForkForeign(number: String, meanings: String) -> RuleSentence {
        RuleSentence(.typeOfFork, "The tensor has type \(number), which upstream does not assign: \(meanings).")
    }

    /// GGUF-56: The tensor has type {number}, which stands for different types, of which none is settled: {meanings}.
    public static func typeOfForkOpen(number: String, meanings: String) -> RuleSentence {
        RuleSentence(.typeOfFork, "The tensor has type \(number), which stands for different types, of which none is settled: \(meanings).")
    }

    /// GGUF-60: The file ends {distance} before the data of {tensor}{others}.
    public static func dataOutsideFileBefore(distance: String, tensor: String, others: String) -> RuleSentence {
        RuleSentence(.dataOutsideFile, "The file ends \(distance) before the data of \(tensor)\(others).")
    }

    /// GGUF-60: The data of {tensors} begins at an offset that no file can reach.
    public static func dataOutsideFileUnreachable(tensors: String) -> RuleSentence {
        RuleSentence(.dataOutsideFile, "The data of \(tensors) begins at an offset that no file can reach.")
    }

    /// GGUF-60: The file ends {distance} into {tensor}{length}{others}.
    public static func dataOutsideFileWithin(distance: String, tensor: String, length: String, others: String) -> RuleSentence {
        RuleSentence(.dataOutsideFile, "The file ends \(distance) into \(tensor)\(length)\(others).")
    }

    /// GGUF-61: The tensor's data begins inside that of {other}.
    public static func overlap(other: String) -> RuleSentence {
        RuleSentence(.overlap, "The tensor's data begins inside that of \(other).")
    }

    /// GGUF-62: There is a gap before the tensor's data, after {other}.
    public static func gap(other: String) -> RuleSentence {
        RuleSentence(.gap, "There is a gap before the tensor's data, after \(other).")
    }

    /// GGUF-63: There is a gap before the tensor's data, after {other}, and there is something in it.
    public static func hiddenDataGap(other: String) -> RuleSentence {
        RuleSentence(.hiddenData, "There is a gap before the tensor's data, after \(other), and there is something in it.")
    }

    /// GGUF-63: The last tensor record is followed by what looks like another one: the tensor count is too small, and all data is misplaced.
    public static func hiddenDataRecord() -> RuleSentence {
        RuleSentence(.hiddenData, "The last tensor record is followed by what looks like another one: the tensor count is too small, and all data is misplaced.")
    }

    /// GGUF-64: The tensor is labelled {type}, but the bytes reserved for it are exactly enough for {guess}.
    public static func spanMisfit(type: String, guess: String) -> RuleSentence {
        RuleSentence(.spanMisfit, "The tensor is labelled \(type), but the bytes reserved for it are exactly enough for \(guess).")
    }

    /// GGUF-65: The data section does not begin with a tensor.
    public static func firstOffset() -> RuleSentence {
        RuleSentence(.firstOffset, "The data section does not begin with a tensor.")
    }

    /// GGUF-66: The tensor's data lies before that of {other}, whose record comes first.
    public static func dataOrder(other: String) -> RuleSentence {
        RuleSentence(.dataOrder, "The tensor's data lies before that of \(other), whose record comes first.")
    }

    /// GGUF-67: The padding between header and data is not zero.
    public static func headerPadding() -> RuleSentence {
        RuleSentence(.headerPadding, "The padding between header and data is not zero.")
    }

    /// GGUF-68: The padding after the tensor is not zero.
    public static func tensorPadding() -> RuleSentence {
        RuleSentence(.tensorPadding, "The padding after the tensor is not zero.")
    }

    /// GGUF-69: The file ends without the padding of the last tensor.
    public static func finalPadding() -> RuleSentence {
        RuleSentence(.finalPadding, "The file ends without the padding of the last tensor.")
    }

    /// GGUF-70: There are bytes after the last tensor.
    public static func trailingBytes() -> RuleSentence {
        RuleSentence(.trailingBytes, "There are bytes after the last tensor.")
    }

    /// GGUF-71: A tensor that the architecture {architecture} requires is missing.
    public static func tensorMissingOne(architecture: String) -> RuleSentence {
        RuleSentence(.tensorMissing, "A tensor that the architecture \(architecture) requires is missing.")
    }

    /// GGUF-71: {count} tensors that the architecture {architecture} requires are missing.
    public static func tensorMissingSeveral(count: String, architecture: String) -> RuleSentence {
        RuleSentence(.tensorMissing, "\(count) tensors that the architecture \(architecture) requires are missing.")
    }

    /// GGUF-72: The tensor's shape is not the one that follows from the hyper-parameters.
    public static func shapeOther() -> RuleSentence {
        RuleSentence(.shape, "The tensor's shape is not the one that follows from the hyper-parameters.")
    }

    /// GGUF-72: The tensor's dimensions are swapped.
    public static func shapeSwapped() -> RuleSentence {
        RuleSentence(.shape, "The tensor's dimensions are swapped.")
    }

    /// GGUF-73: The architecture {architecture} has no {tensor} in this layer or with these hyper-parameters; it is not judged.
    public static func tensorUnexpectedMisplaced(architecture: String, tensor: String) -> RuleSentence {
        RuleSentence(.tensorUnexpected, "The architecture \(architecture) has no \(tensor) in this layer or with these hyper-parameters; it is not judged.")
    }

    /// GGUF-73: The architecture {architecture} has no tensor {tensor}; it is not judged.
    public static func tensorUnexpectedOne(architecture: String, tensor: String) -> RuleSentence {
        RuleSentence(.tensorUnexpected, "The architecture \(architecture) has no tensor \(tensor); it is not judged.")
    }

    /// GGUF-73: {count} tensors, such as {tensor}, do not belong to the architecture {architecture} and are not judged.
    public static func tensorUnexpectedSeveral(count: String, tensor: String, architecture: String) -> RuleSentence {
        RuleSentence(.tensorUnexpected, "\(count) tensors, such as \(tensor), do not belong to the architecture \(architecture) and are not judged.")
    }

    /// GGUF-73: {count} tensors, such as {tensor}, do not belong to the architecture {architecture} in their layers or with these hyper-parameters and are not judged.
    public static func tensorUnexpectedSeveralMisplaced(count: String, tensor: String, architecture: String) -> RuleSentence {
        RuleSentence(.tensorUnexpected, "\(count) tensors, such as \(tensor), do not belong to the architecture \(architecture) in their layers or with these hyper-parameters and are not judged.")
    }

    /// GGUF-74: A tensor of one dimension is quantized.
    public static func vectorQuantized() -> RuleSentence {
        RuleSentence(.vectorQuantized, "A tensor of one dimension is quantized.")
    }

    /// ARCH-01: The architecture {architecture} is not described: the names and shapes of its tensors and its own keys were not judged.
    public static func architectureDescribed(architecture: String) -> RuleSentence {
        RuleSentence(.architectureDescribed, "The architecture \(architecture) is not described: the names and shapes of its tensors and its own keys were not judged.")
    }

    /// ARCH-02: {loader} takes the architecture clip only as the projector of a model, not as a model.
    public static func architectureKnownProjector(loader: String) -> RuleSentence {
        RuleSentence(.architectureKnown, "\(loader) takes the architecture clip only as the projector of a model, not as a model.")
    }

    /// ARCH-02: {loader} does not know the architecture {architecture}.
    public static func architectureKnownUnknown(loader: String, architecture: String) -> RuleSentence {
        RuleSentence(.architectureKnown, "\(loader) does not know the architecture \(architecture).")
    }

    /// ARCH-03: The key {key} is missing; {loader} requires it.
    public static func loaderKeyMissing(key: String, loader: String) -> RuleSentence {
        RuleSentence(.loaderKeyMissing, "The key \(key) is missing; \(loader) requires it.")
    }

    /// ARCH-04: The value of {key} does not have the type that {loader} reads.
    public static func loaderKeyTypeRead(key: String, loader: String) -> RuleSentence {
        RuleSentence(.loaderKeyType, "The value of \(key) does not have the type that \(loader) reads.")
    }

    /// ARCH-04: The value of {key} is not usable.
    public static func loaderKeyTypeUsable(key: String) -> RuleSentence {
        RuleSentence(.loaderKeyType, "The value of \(key) is not usable.")
    }

    /// ARCH-05: The array {key} does not have one value for each layer.
    public static func layerArrayLength(key: String) -> RuleSentence {
        RuleSentence(.layerArrayLength, "The array \(key) does not have one value for each layer.")
    }

    /// ARCH-06: {loader} requires that {constraint}.
    public static func hyperParameterConstraint(loader: String, constraint: String) -> RuleSentence {
        RuleSentence(.hyperParameterConstraint, "\(loader) requires that \(constraint).")
    }

    /// ARCH-07: No known model of the architecture {architecture} has a tensor {tensor}; the loader accepts it nevertheless.
    public static func tensorUnusualOne(architecture: String, tensor: String) -> RuleSentence {
        RuleSentence(.tensorUnusual, "No known model of the architecture \(architecture) has a tensor \(tensor); the loader accepts it nevertheless.")
    }

    /// ARCH-07: {count} tensors, such as {tensor}, occur in no known model of the architecture {architecture}; the loader accepts them nevertheless.
    public static func tensorUnusualSeveral(count: String, tensor: String, architecture: String) -> RuleSentence {
        RuleSentence(.tensorUnusual, "\(count) tensors, such as \(tensor), occur in no known model of the architecture \(architecture); the loader accepts them nevertheless.")
    }

    /// ARCH-08: The value of {key} is a word that {loader} does not know.
    public static func loaderWord(key: String, loader: String) -> RuleSentence {
        RuleSentence(.loaderWord, "The value of \(key) is a word that \(loader) does not know.")
    }

    /// GGUF-75: {key} is not stored as an integer.
    public static func splitKeysInteger(key: String) -> RuleSentence {
        RuleSentence(.splitKeys, "\(key) is not stored as an integer.")
    }

    /// GGUF-75: {key} is not stored in the type that {loader} reads.
    public static func splitKeysLoader(key: String, loader: String) -> RuleSentence {
        RuleSentence(.splitKeys, "\(key) is not stored in the type that \(loader) reads.")
    }

    /// GGUF-75: The file is a part of a set, but has no key {key}.
    public static func splitKeysMissing(key: String) -> RuleSentence {
        RuleSentence(.splitKeys, "The file is a part of a set, but has no key \(key).")
    }

    /// GGUF-76: The count of parts is 0, as llama.cpp's tools leave it in a file merged from parts: the file is taken as whole.
    public static func splitNumberMerged() -> RuleSentence {
        RuleSentence(.splitNumber, "The count of parts is 0, as llama.cpp's tools leave it in a file merged from parts: the file is taken as whole.")
    }

    /// GGUF-76: The part number, counted from 0, is not the one in the file name.
    public static func splitNumberName() -> RuleSentence {
        RuleSentence(.splitNumber, "The part number, counted from 0, is not the one in the file name.")
    }

    /// GGUF-76: The part number is not below the number of parts.
    public static func splitNumberRange() -> RuleSentence {
        RuleSentence(.splitNumber, "The part number is not below the number of parts.")
    }

    /// GGUF-77: Part {number} of the set is missing: {reason}.
    public static func splitPartMissing(number: String, reason: String) -> RuleSentence {
        RuleSentence(.splitPartMissing, "Part \(number) of the set is missing: \(reason).")
    }

    /// GGUF-78: The part's alignment differs from the first part's.
    public static func splitPartsDisagreeAlignment() -> RuleSentence {
        RuleSentence(.splitPartsDisagree, "The part's alignment differs from the first part's.")
    }

    /// GGUF-78: The number of parts is not the one in the file name.
    public static func splitPartsDisagreeCount() -> RuleSentence {
        RuleSentence(.splitPartsDisagree, "The number of parts is not the one in the file name.")
    }

    /// GGUF-78: The part's version differs from the first part's.
    public static func splitPartsDisagreeVersion() -> RuleSentence {
        RuleSentence(.splitPartsDisagree, "The part's version differs from the first part's.")
    }

    /// GGUF-79: The parts hold more or fewer tensors than the key says.
    public static func splitTensorsTotal() -> RuleSentence {
        RuleSentence(.splitTensors, "The parts hold more or fewer tensors than the key says.")
    }

    /// GGUF-79: The tensor occurs in two parts, {first} and {second}.
    public static func splitTensorsTwice(first: String, second: String) -> RuleSentence {
        RuleSentence(.splitTensors, "The tensor occurs in two parts, \(first) and \(second).")
    }

    /// GGUF-80: The file says it is one of {count} parts, but its name does not show which, so the others cannot be found.
    public static func splitFileNames(count: String) -> RuleSentence {
        RuleSentence(.splitFileNames, "The file says it is one of \(count) parts, but its name does not show which, so the others cannot be found.")
    }

    /// GGUF-81: The part repeats a key of the first part with another value; readers take the first part's.
    public static func splitMetadata() -> RuleSentence {
        RuleSentence(.splitMetadata, "The part repeats a key of the first part with another value; readers take the first part's.")
    }

    /// GGUF-82: The chat template reaches into the Python process that renders it.
    public static func templateReachReaches() -> RuleSentence {
        RuleSentence(.templateReach, "The chat template reaches into the Python process that renders it.")
    }

    /// GGUF-82: {bytes} bytes of this chat template were not read.
    public static func templateReachUnread(bytes: String) -> RuleSentence {
        RuleSentence(.templateReach, "\(bytes) bytes of this chat template were not read.")
    }

    /// GGUF-83: {tensors} of NVFP4 without a scale of the whole tensor.
    public static func companionScale(tensors: String) -> RuleSentence {
        RuleSentence(.companionScale, "\(tensors) of NVFP4 without a scale of the whole tensor.")
    }

    /// GGUF-84: The key lists {tensors} that the file does not have.
    public static func rotationKeysNames(tensors: String) -> RuleSentence {
        RuleSentence(.rotationKeys, "The key lists \(tensors) that the file does not have.")
    }

    /// GGUF-84: {tensors} of PrismML's types, but no key describes the rotation of the weights.
    public static func rotationKeysNone(tensors: String) -> RuleSentence {
        RuleSentence(.rotationKeys, "\(tensors) of PrismML's types, but no key describes the rotation of the weights.")
    }

    /// GGUF-84: The rotation of the weights is described only in part.
    public static func rotationKeysPart() -> RuleSentence {
        RuleSentence(.rotationKeys, "The rotation of the weights is described only in part.")
    }

    /// GGUF-85: {tensors} of type {number} ({name}): {explanation}.
    public static func typeNotForFiles(tensors: String, number: String, name: String, explanation: String) -> RuleSentence {
        RuleSentence(.typeNotForFiles, "\(tensors) of type \(number) (\(name)): \(explanation).")
    }

    /// GGUF-86: Rows of {type} lie together in groups of {group}; this tensor has {rows}.
    public static func rowsNotWholeGroups(type: String, group: String, rows: String) -> RuleSentence {
        RuleSentence(.rowsNotWholeGroups, "Rows of \(type) lie together in groups of \(group); this tensor has \(rows).")
    }

    /// CONTENT-04: The tensor is a stored mask: it holds zeros and -infinity only ({type}).
    public static func floatInfiniteMask(type: String) -> RuleSentence {
        RuleSentence(.floatInfinite, "The tensor is a stored mask: it holds zeros and -infinity only (\(type)).")
    }

    /// CONTENT-05: All weights of the tensor are zero, as in the second factor of an untrained LoRA.
    public static func tensorZeroFactor() -> RuleSentence {
        RuleSentence(.tensorZero, "All weights of the tensor are zero, as in the second factor of an untrained LoRA.")
    }

    /// CONTENT-05: All weights of the tensor are zero.
    public static func tensorZeroWeights() -> RuleSentence {
        RuleSentence(.tensorZero, "All weights of the tensor are zero.")
    }

    /// CONTENT-06: All weights of the tensor are equal.
    public static func tensorConstantFinite() -> RuleSentence {
        RuleSentence(.tensorConstant, "All weights of the tensor are equal.")
    }

    /// CONTENT-06: All weights of the tensor are {value}.
    public static func tensorConstantOther(value: String) -> RuleSentence {
        RuleSentence(.tensorConstant, "All weights of the tensor are \(value).")
    }

    /// CONTENT-07: All blocks of the tensor have the same bytes.
    public static func blocksRepeated() -> RuleSentence {
        RuleSentence(.blocksRepeated, "All blocks of the tensor have the same bytes.")
    }

    /// CONTENT-08: Some rows of the tensor are all zeros.
    public static func rowsZero() -> RuleSentence {
        RuleSentence(.rowsZero, "Some rows of the tensor are all zeros.")
    }

    /// CONTENT-09: {blocks} blocks (in {tensors} of {all} tensors) have a subnormal scale, which some kernels treat as zero.
    public static func scaleSubnormal(blocks: String, tensors: String, all: String) -> RuleSentence {
        RuleSentence(.scaleSubnormal, "\(blocks) blocks (in \(tensors) of \(all) tensors) have a subnormal scale, which some kernels treat as zero.")
    }

    /// CONTENT-10: Integer tensors are not weights and are not judged.
    public static func integerTensor() -> RuleSentence {
        RuleSentence(.integerTensor, "Integer tensors are not weights and are not judged.")
    }

    /// CONTENT-11: {numbers} of the tensor: {field} is far out of proportion ({type}).
    public static func outOfProportion(numbers: String, field: String, type: String) -> RuleSentence {
        RuleSentence(.outOfProportion, "\(numbers) of the tensor: \(field) is far out of proportion (\(type)).")
    }

    /// CONTENT-12: The tensor has numbers of implausible size: {odd} of {examined} examined ({type}).
    public static func floatMagnitude(odd: String, examined: String, type: String) -> RuleSentence {
        RuleSentence(.floatMagnitude, "The tensor has numbers of implausible size: \(odd) of \(examined) examined (\(type)).")
    }

    /// CONTENT-13: The tensor seems to be stored in the other byte order: {odd} of {examined} numbers examined are implausible, and with their bytes swapped all are plausible ({type}).
    public static func floatByteOrder(odd: String, examined: String, type: String) -> RuleSentence {
        RuleSentence(.floatByteOrder, "The tensor seems to be stored in the other byte order: \(odd) of \(examined) numbers examined are implausible, and with their bytes swapped all are plausible (\(type)).")
    }

    /// COVER-01: Required, but {state}: container.
    public static func coverContainer(state: String) -> RuleSentence {
        RuleSentence(.coverContainer, "Required, but \(state): container.")
    }

    /// COVER-02: Required, but {state}: blocks.
    public static func coverBlocks(state: String) -> RuleSentence {
        RuleSentence(.coverBlocks, "Required, but \(state): blocks.")
    }

    /// COVER-03: Required, but {state}: architecture.
    public static func coverArchitecture(state: String) -> RuleSentence {
        RuleSentence(.coverArchitecture, "Required, but \(state): architecture.")
    }

    /// COVER-04: Required, but {state}: tokenizer.
    public static func coverTokenizer(state: String) -> RuleSentence {
        RuleSentence(.coverTokenizer, "Required, but \(state): tokenizer.")
    }

    /// COVER-05: Required, but {state}: label.
    public static func coverLabel(state: String) -> RuleSentence {
        RuleSentence(.coverLabel, "Required, but \(state): label.")
    }

    /// COVER-06: Required, but {state}: digests.
    public static func coverDigests(state: String) -> RuleSentence {
        RuleSentence(.coverDigests, "Required, but \(state): digests.")
    }

    /// COVER-07: Required, but {state}: parts.
    public static func coverParts(state: String) -> RuleSentence {
        RuleSentence(.coverParts, "Required, but \(state): parts.")
    }

    /// POLICY-01: A known finding of {rule} no longer occurs.
    public static func knownGone(rule: String) -> RuleSentence {
        RuleSentence(.knownGone, "A known finding of \(rule) no longer occurs.")
    }

    /// MANIFEST-01: Manifest, {problem}.
    public static func manifestUnreadableLine(problem: String) -> RuleSentence {
        RuleSentence(.manifestUnreadable, "Manifest, \(problem).")
    }

    /// MANIFEST-01: Nothing was compared: {reason}.
    public static func manifestUnreadableNothing(reason: String) -> RuleSentence {
        RuleSentence(.manifestUnreadable, "Nothing was compared: \(reason).")
    }

    /// MANIFEST-02: The digest of {part} is not the one in the manifest.
    public static func tensorDigestDiffers(part: String) -> RuleSentence {
        RuleSentence(.tensorDigest, "The digest of \(part) is not the one in the manifest.")
    }

    /// MANIFEST-02: The {algorithm} digest of {part} was not checked.
    public static func tensorDigestUnchecked(algorithm: String, part: String) -> RuleSentence {
        RuleSentence(.tensorDigest, "The \(algorithm) digest of \(part) was not checked.")
    }

    /// MANIFEST-03: The digest of the header is not the one in the manifest.
    public static func headerDigestDiffers() -> RuleSentence {
        RuleSentence(.headerDigest, "The digest of the header is not the one in the manifest.")
    }

    /// MANIFEST-03: The tensor's dimensions are not those in the manifest.
    public static func headerDigestShape() -> RuleSentence {
        RuleSentence(.headerDigest, "The tensor's dimensions are not those in the manifest.")
    }

    /// MANIFEST-03: The tensor's type is not the one in the manifest.
    public static func headerDigestType() -> RuleSentence {
        RuleSentence(.headerDigest, "The tensor's type is not the one in the manifest.")
    }

    /// MANIFEST-03: The {algorithm} digest of the header was not checked.
    public static func headerDigestUnchecked(algorithm: String) -> RuleSentence {
        RuleSentence(.headerDigest, "The \(algorithm) digest of the header was not checked.")
    }

    /// MANIFEST-04: A tensor of the manifest is missing.
    public static func manifestTensorMissingGone() -> RuleSentence {
        RuleSentence(.manifestTensorMissing, "A tensor of the manifest is missing.")
    }

    /// MANIFEST-04: Tensor {name} of the manifest is now called {other}.
    public static func manifestTensorMissingRenamed(name: String, other: String) -> RuleSentence {
        RuleSentence(.manifestTensorMissing, "Tensor \(name) of the manifest is now called \(other).")
    }

    /// MANIFEST-05: The file is not in the manifest.
    public static func manifestTensorExtraFile() -> RuleSentence {
        RuleSentence(.manifestTensorExtra, "The file is not in the manifest.")
    }

    /// MANIFEST-05: The tensor is not in the manifest.
    public static func manifestTensorExtraTensor() -> RuleSentence {
        RuleSentence(.manifestTensorExtra, "The tensor is not in the manifest.")
    }

    /// IDENT-01: Identified: {result}.
    public static func dialect(result: String) -> RuleSentence {
        RuleSentence(.dialect, "Identified: \(result).")
    }

    /// IDENT-02: No known dialect explains this file: {result}.
    public static func noDialectFitsNone(result: String) -> RuleSentence {
        RuleSentence(.noDialectFits, "No known dialect explains this file: \(result).")
    }

    /// IDENT-02: {tensors} of an otherwise consistent file cannot be explained; the first is {first}{guess}.
    public static func noDialectFitsSome(tensors: String, first: String, guess: String) -> RuleSentence {
        RuleSentence(.noDialectFits, "\(tensors) of an otherwise consistent file cannot be explained; the first is \(first)\(guess).")
    }

    /// IDENT-03: Several dialects explain this file in different ways: {result}.
    public static func dialectsDisagree(result: String) -> RuleSentence {
        RuleSentence(.dialectsDisagree, "Several dialects explain this file in different ways: \(result).")
    }

    /// IDENT-04: Stock types carry ids one higher than upstream's, as the HIFI fork wrote them until 2025-12-22.
    public static func stockNumbersShifted() -> RuleSentence {
        RuleSentence(.stockNumbersShifted, "Stock types carry ids one higher than upstream's, as the HIFI fork wrote them until 2025-12-22.")
    }

    /// IDENT-05: Type id {number} is {type} here and {other} upstream, whose readers misread it silently.
    public static func numberCollidesMisread(number: String, type: String, other: String) -> RuleSentence {
        RuleSentence(.numberCollides, "Type id \(number) is \(type) here and \(other) upstream, whose readers misread it silently.")
    }

    /// IDENT-05: Type id {number} is {type} here and {other} upstream, whose readers refuse the file.
    public static func numberCollidesRefused(number: String, type: String, other: String) -> RuleSentence {
        RuleSentence(.numberCollides, "Type id \(number) is \(type) here and \(other) upstream, whose readers refuse the file.")
    }

    /// IDENT-06: {ambiguity}.
    public static func revisionAmbiguous(ambiguity: String) -> RuleSentence {
        RuleSentence(.revisionAmbiguous, "\(ambiguity).")
    }

    /// IDENT-07: {reader} misreads this file.
    public static func readerMisreadsMisread(reader: String) -> RuleSentence {
        RuleSentence(.readerMisreads, "\(reader) misreads this file.")
    }

    /// IDENT-07: Other known readers: {outcomes}.
    public static func readerMisreadsOthers(outcomes: String) -> RuleSentence {
        RuleSentence(.readerMisreads, "Other known readers: \(outcomes).")
    }

    /// IDENT-07: {reader} cannot run this file.
    public static func readerMisreadsStopped(reader: String) -> RuleSentence {
        RuleSentence(.readerMisreads, "\(reader) cannot run this file.")
    }

    /// IDENT-08: Filled slots under a count of zero {place}.
    public static func countZeroButFilled(place: String) -> RuleSentence {
        RuleSentence(.countZeroButFilled, "Filled slots under a count of zero \(place).")
    }

    /// IDENT-09: A count above the number of slots {place}.
    public static func countTooLarge(place: String) -> RuleSentence {
        RuleSentence(.countTooLarge, "A count above the number of slots \(place).")
    }

    /// IDENT-10: Unused slots that set weight 0 to zero {place}.
    public static func sentinelOverWeight0(place: String) -> RuleSentence {
        RuleSentence(.sentinelOverWeight0, "Unused slots that set weight 0 to zero \(place).")
    }

    /// IDENT-11: Unused slots that set weight 255 to zero {place}.
    public static func sentinelOverWeight255(place: String) -> RuleSentence {
        RuleSentence(.sentinelOverWeight255, "Unused slots that set weight 255 to zero \(place).")
    }

    /// IDENT-12: The base is not zero under some outliers {place}, so readers that replace and readers that add disagree.
    public static func readersDifferAtOutliers(place: String) -> RuleSentence {
        RuleSentence(.readersDifferAtOutliers, "The base is not zero under some outliers \(place), so readers that replace and readers that add disagree.")
    }

    /// IDENT-13: general.file_type does not describe this file: {reading}.
    public static func fileTypeOfOtherDialect(reading: String) -> RuleSentence {
        RuleSentence(.fileTypeOfOtherDialect, "general.file_type does not describe this file: \(reading).")
    }

    /// IDENT-14: Tensors of type id {number} ({type}) have spans that only the HIFI fork's Python package uses.
    public static func pythonBlockSize(number: String, type: String) -> RuleSentence {
        RuleSentence(.pythonBlockSize, "Tensors of type id \(number) (\(type)) have spans that only the HIFI fork's Python package uses.")
    }

    /// IDENT-15: GPU builds of the program that wrote {type} expect another block size.
    public static func strideDiffersOnGPU(type: String) -> RuleSentence {
        RuleSentence(.strideDiffersOnGPU, "GPU builds of the program that wrote \(type) expect another block size.")
    }

    /// IDENT-16: The file holds {type}, which is neither the published nor the newest revision.
    public static func revisionSuperseded(type: String) -> RuleSentence {
        RuleSentence(.revisionSuperseded, "The file holds \(type), which is neither the published nor the newest revision.")
    }

    /// IDENT-17: This part follows another dialect than the parts before it.
    public static func partsOfOneDialect() -> RuleSentence {
        RuleSentence(.partsOfOneDialect, "This part follows another dialect than the parts before it.")
    }

    /// STAMP-01: The stamp has no key {key}.
    public static func stampIncomplete(key: String) -> RuleSentence {
        RuleSentence(.stampIncomplete, "The stamp has no key \(key).")
    }

    /// STAMP-02: The key {key} of the stamp has the wrong type.
    public static func stampValueType(key: String) -> RuleSentence {
        RuleSentence(.stampValueType, "The key \(key) of the stamp has the wrong type.")
    }

    /// STAMP-03: hifi.spec_version is not a version number.
    public static func stampVersion() -> RuleSentence {
        RuleSentence(.stampVersion, "hifi.spec_version is not a version number.")
    }

    /// STAMP-04: The stamp was written by a newer version of the specification.
    public static func stampNewer() -> RuleSentence {
        RuleSentence(.stampNewer, "The stamp was written by a newer version of the specification.")
    }

    /// STAMP-05: hifi.dialect names an unknown dialect.
    public static func stampDialectUnknown() -> RuleSentence {
        RuleSentence(.stampDialectUnknown, "hifi.dialect names an unknown dialect.")
    }

    /// STAMP-06: An entry of hifi.types is malformed.
    public static func stampEntryForm() -> RuleSentence {
        RuleSentence(.stampEntry, "An entry of hifi.types is malformed.")
    }

    /// STAMP-06: hifi.types has more entries than there can be type ids.
    public static func stampEntryMany() -> RuleSentence {
        RuleSentence(.stampEntry, "hifi.types has more entries than there can be type ids.")
    }

    /// STAMP-07: hifi.types gives type id {number} an unknown format.
    public static func stampFormatUnknown(number: String) -> RuleSentence {
        RuleSentence(.stampFormatUnknown, "hifi.types gives type id \(number) an unknown format.")
    }

    /// STAMP-08: hifi.types names type id {number} more than once.
    public static func stampRepeated(number: String) -> RuleSentence {
        RuleSentence(.stampRepeated, "hifi.types names type id \(number) more than once.")
    }

    /// STAMP-09: hifi.types names type ids that no tensor has.
    public static func stampNotTheFilesExtra() -> RuleSentence {
        RuleSentence(.stampNotTheFiles, "hifi.types names type ids that no tensor has.")
    }

    /// STAMP-09: hifi.types does not cover every type id of the file.
    public static func stampNotTheFilesMissing() -> RuleSentence {
        RuleSentence(.stampNotTheFiles, "hifi.types does not cover every type id of the file.")
    }

    /// STAMP-10: hifi.types says that type id {number} is {type}, but hifi.dialect names {dialect}, which gives it {meaning}.
    public static func stampNotTheDialects(number: String, type: String, dialect: String, meaning: String) -> RuleSentence {
        RuleSentence(.stampNotTheDialects, "hifi.types says that type id \(number) is \(type), but hifi.dialect names \(dialect), which gives it \(meaning).")
    }

    /// STAMP-11: {key} says that {subject} is {stamped}, but the tensors say {found}: {reason}.
    public static func stampContradicted(key: String, subject: String, stamped: String, found: String, reason: String) -> RuleSentence {
        RuleSentence(.stampContradicted, "\(key) says that \(subject) is \(stamped), but the tensors say \(found): \(reason).")
    }

    /// TOK-01: the file has no tokenizer
    public static func tokenizerMissing() -> RuleSentence {
        RuleSentence(.tokenizerMissing, "the file has no tokenizer")
    }

    /// TOK-02: the key is missing
    public static func tokenizerModelMissing() -> RuleSentence {
        RuleSentence(.tokenizerModelMissing, "the key is missing")
    }

    /// TOK-03: "{name}" is not a known tokenizer
    public static func tokenizerModelUnknown(name: String) -> RuleSentence {
        RuleSentence(.tokenizerModelUnknown, "\"\(name)\" is not a known tokenizer")
    }

    /// TOK-04: "{name}" is not a known pre-tokenizer
    public static func tokenizerPreUnknown(name: String) -> RuleSentence {
        RuleSentence(.tokenizerPreUnknown, "\"\(name)\" is not a known pre-tokenizer")
    }

    /// TOK-05: the key is missing, so readers split words by a rule that the model was probably not trained with
    public static func tokenizerPreMissing() -> RuleSentence {
        RuleSentence(.tokenizerPreMissing, "the key is missing, so readers split words by a rule that the model was probably not trained with")
    }

    /// TOK-06: it has {count} tokens
    public static func tokensMissingCount(count: String) -> RuleSentence {
        RuleSentence(.tokensMissing, "it has \(count) tokens")
    }

    /// TOK-06: the key is missing
    public static func tokensMissingMissing() -> RuleSentence {
        RuleSentence(.tokensMissing, "the key is missing")
    }

    /// TOK-07: the key is missing
    public static func mergesMissing() -> RuleSentence {
        RuleSentence(.mergesMissing, "the key is missing")
    }

    /// TOK-08: it is stored as {type}
    public static func tokenizerArrayType(type: String) -> RuleSentence {
        RuleSentence(.tokenizerArrayType, "it is stored as \(type)")
    }

    /// TOK-09: it has {found} elements, tokenizer.ggml.tokens has {tokens}
    public static func tokenizerArrayShort(found: String, tokens: String) -> RuleSentence {
        RuleSentence(.tokenizerArrayShort, "it has \(found) elements, tokenizer.ggml.tokens has \(tokens)")
    }

    /// TOK-10: it has {found} elements, tokenizer.ggml.tokens has {tokens}
    public static func tokenizerArrayLong(found: String, tokens: String) -> RuleSentence {
        RuleSentence(.tokenizerArrayLong, "it has \(found) elements, tokenizer.ggml.tokens has \(tokens)")
    }

    /// TOK-11: it is stored as {type}
    public static func tokenizerKeyType(type: String) -> RuleSentence {
        RuleSentence(.tokenizerKeyType, "it is stored as \(type)")
    }

    /// TOK-12: it names token {number} of a vocabulary of {tokens}
    public static func tokenOutOfRange(number: String, tokens: String) -> RuleSentence {
        RuleSentence(.tokenOutOfRange, "it names token \(number) of a vocabulary of \(tokens)")
    }

    /// TOK-13: "{text}" is the text of an earlier token too
    public static func tokenRepeated(text: String) -> RuleSentence {
        RuleSentence(.tokenRepeated, "\"\(text)\" is the text of an earlier token too")
    }

    /// TOK-14: an unknown token type
    public static func tokenType() -> RuleSentence {
        RuleSentence(.tokenType, "an unknown token type")
    }

    /// TOK-15: a score that is not finite
    public static func tokenizerScore() -> RuleSentence {
        RuleSentence(.tokenizerScore, "a score that is not finite")
    }

    /// TOK-16: it is true, but bos_token_id is missing{fallback}
    public static func tokenizerBeginningMissing(fallback: String) -> RuleSentence {
        RuleSentence(.tokenizerBeginningMissing, "it is true, but bos_token_id is missing\(fallback)")
    }

    /// TOK-17: "{text}" is not two texts separated by a space
    public static func mergeForm(text: String) -> RuleSentence {
        RuleSentence(.mergeForm, "\"\(text)\" is not two texts separated by a space")
    }

    /// TOK-18: "{text}" has a half that is not a token
    public static func mergePart(text: String) -> RuleSentence {
        RuleSentence(.mergePart, "\"\(text)\" has a half that is not a token")
    }

    /// TOK-19: "{text}" joins to a text that is not a token
    public static func mergeResult(text: String) -> RuleSentence {
        RuleSentence(.mergeResult, "\"\(text)\" joins to a text that is not a token")
    }

    /// TOK-20: "{text}" is listed before
    public static func mergeRepeated(text: String) -> RuleSentence {
        RuleSentence(.mergeRepeated, "\"\(text)\" is listed before")
    }

    /// TOK-21: there is no token for byte {byte}: not every text can be written in tokens
    public static func tokenizerByteMissing(byte: String) -> RuleSentence {
        RuleSentence(.tokenizerByteMissing, "there is no token for byte \(byte): not every text can be written in tokens")
    }

    /// TOK-22: a path leads out of its table of {size} words, to word {entry}
    public static func tokenizerCharacterMapPath(size: String, entry: String) -> RuleSentence {
        RuleSentence(.tokenizerCharacterMap, "a path leads out of its table of \(size) words, to word \(entry)")
    }

    /// TOK-22: its size field does not fit its {bytes} bytes
    public static func tokenizerCharacterMapSize(bytes: String) -> RuleSentence {
        RuleSentence(.tokenizerCharacterMap, "its size field does not fit its \(bytes) bytes")
    }

    /// TOK-23: "{text}" has the type of byte tokens, but names no byte
    public static func tokenizerByteForm(text: String) -> RuleSentence {
        RuleSentence(.tokenizerByteForm, "\"\(text)\" has the type of byte tokens, but names no byte")
    }

    /// TOK-24: "{text}" has the type of byte tokens, but is too short to name a byte
    public static func tokenizerByteLength(text: String) -> RuleSentence {
        RuleSentence(.tokenizerByteLength, "\"\(text)\" has the type of byte tokens, but is too short to name a byte")
    }
}
