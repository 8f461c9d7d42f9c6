import HIFIBlockSpec

/// A block size that only the fork's Python package used, where its library has another.
///
/// A program built on that package lays tensors out by its own sizes, so a file that it rewrote has the wrong distances between
/// tensors, and foreign bytes at the end of each.
public struct PythonBlockSize: Sendable, Hashable, Codable {
    /// The number stored in the file.
    public let typeID: UInt32
    /// The format that the package meant.
    public let format: String
    /// Bytes of a block by the package.
    public let bytes: Int
    /// Bytes of a block by the library.
    public let libraryBytes: Int
    /// The entry of the spec's list of disagreements.
    public let disagreement: String

    /// The package's own size for a format; nil where it agrees with the library.
    package static func of(_ format: BlockFormat, typeID: UInt32) -> PythonBlockSize? {
        for disagreement in Spec.numberingDisagreements {
            guard let block = disagreement.blockBytes.first(where: { $0.format == format.id }) else { continue }
            return PythonBlockSize(
                typeID: typeID, format: format.id, bytes: block.bytes, libraryBytes: format.bytes, disagreement: disagreement.id)
        }
        return nil
    }
}
