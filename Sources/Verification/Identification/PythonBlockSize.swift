import BlockSpec

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

    private struct Entry {
        let format: String
        let bytes: Int
        let disagreement: String
    }

    private static let table = [
        Entry(format: "q2_k_hifi", bytes: 99, disagreement: "py-q2-hifi"),
        Entry(format: "q5_k_hifi_res8", bytes: 200, disagreement: "py-q5-res8"),
        Entry(format: "q3_k_lite", bytes: 132, disagreement: "py-lite"),
        Entry(format: "q4_k_lite", bytes: 168, disagreement: "py-lite"),
        Entry(format: "q5_k_lite", bytes: 200, disagreement: "py-lite"),
        Entry(format: "q6_k_lite", bytes: 232, disagreement: "py-lite"),
        Entry(format: "q3_k_hifi@r12a", bytes: 160, disagreement: "py-q3-hifi-160"),
        Entry(format: "q3_k_hifi@r12b", bytes: 160, disagreement: "py-q3-hifi-160"),
        Entry(format: "q3_k_hifi@r12c", bytes: 160, disagreement: "py-q3-hifi-160"),
        Entry(format: "q3_k_hifi@r7a", bytes: 134, disagreement: "py-q3-hifi-134"),
    ]

    /// The package's own size for a format; nil where it agrees with the library.
    static func of(_ format: BlockFormat, typeID: UInt32) -> PythonBlockSize? {
        table.first { $0.format == format.id }.map {
            PythonBlockSize(
                typeID: typeID, format: format.id, bytes: $0.bytes, libraryBytes: format.bytes, disagreement: $0.disagreement)
        }
    }
}
