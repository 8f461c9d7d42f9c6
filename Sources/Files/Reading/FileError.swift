#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

/// A file that could not be opened, mapped, read, written or trusted to stay the same.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path as it was given.
    public let path: ForeignText
    /// What was tried: "open", "map", "write", …
    public let operation: String
    /// Why it failed: the system's text for the error number, or a sentence of ours.
    public let reason: String
    /// The system's error number, or nil where the system had nothing against it.
    public let errorNumber: Int32?

    /// An error with a reason of our own.
    public init(path: String, operation: String, reason: String) {
        (self.path, self.operation, self.reason, self.errorNumber) = (Self.name(path), operation, reason, nil)
    }

    /// An error of another system's, with the number that this one would give it.
    public init(path: String, operation: String, reason: String, errorNumber: Int32) {
        (self.path, self.operation, self.reason, self.errorNumber) = (Self.name(path), operation, reason, errorNumber)
    }

    /// An error that the system reported.
    public init(path: String, operation: String, errorNumber: Int32) {
        (self.path, self.operation, self.errorNumber) = (Self.name(path), operation, errorNumber)
        reason =
            errorNumber == ENOENT && Address.isOne(path)
            ? "it is an address, and only files of this machine are used here; download it first" : Self.text(of: errorNumber)
    }

    private static func name(_ path: String) -> ForeignText { ForeignText(path: Address.isOne(path) ? Address.name(of: path) : path) }

    /// Whether the system refused something that may be there: unlike where there is nothing of that name, nobody knows then what it is.
    public var isRefusal: Bool { errorNumber.map { $0 != ENOENT && $0 != ENOTDIR } ?? false }

    /// One line: what, which file, why.
    public var description: String { "cannot \(operation) \(path): \(reason)" }

    private static func text(of errorNumber: Int32) -> String {
        // The reentrant form: strerror's buffer is shared by all threads.
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress, strerror_r(errorNumber, base, buffer.count) == 0 else { return "error \(errorNumber)" }
            return String(cString: base)
        }
    }
}
