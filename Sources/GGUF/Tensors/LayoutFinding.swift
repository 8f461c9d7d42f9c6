/// One thing about where tensor data lies that is not as files are normally laid out. A fact, not a verdict.
public struct LayoutFinding: Hashable, Sendable {
    /// What kind of finding it is; the raw values are stable names.
    public let code: Code
    /// The bytes of the file it is about: the gap, the overlap, the padding, the part outside the file (empty at its end then),
    /// or the field of the tensor record that says so.
    public let range: Range<Int>
    /// The tensor it is about, as an index into the scan's tensors; nil for the header's padding and bytes after all tensors.
    public let tensorIndex: Int?
    /// The other tensor of an overlap, or the one before a gap.
    public let otherIndex: Int?
    /// What stands in a gap or after the last tensor; nil for the other codes.
    public let filler: Filler?
    /// What a regular file has, as a phrase.
    public let expected: String
    /// What this file has, as a phrase.
    public let found: String

    /// The kinds of finding.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The type id is not known to the caller, so the tensor's size is not either.
        case typeUnknown = "type-unknown"
        /// The row length is not a multiple of the elements of a block.
        case rowNotWholeBlocks = "row-not-whole-blocks"
        /// The tensor's size in bytes does not fit a signed 64-bit integer.
        case byteCountOverflow = "byte-count-overflow"
        /// The data begins inside the file but ends after it.
        case extentOutsideFile = "extent-outside-file"
        /// Two tensors share bytes.
        case overlap
        /// Bytes between two tensors, beyond the padding, belong to none.
        case gap
        /// The first tensor does not begin where the data section does.
        case gapBeforeFirst = "gap-before-first"
        /// The data of a record lies before that of an earlier record.
        case outOfOrder = "out-of-order"
        /// Bytes after the last tensor and its padding.
        case trailingBytes = "trailing-bytes"
        /// The file ends right after the last tensor, without its padding.
        case lastPaddingMissing = "last-padding-missing"
        /// Bytes between the header and the data section are not zero.
        case headerPaddingNotZero = "header-padding-not-zero"
        /// Bytes between a tensor's end and the next aligned position are not zero.
        case tensorPaddingNotZero = "tensor-padding-not-zero"
    }
}
