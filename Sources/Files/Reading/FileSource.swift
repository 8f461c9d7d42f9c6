/// Where files come from that a command line names: the file system, or elsewhere.
public protocol FileSource: Sendable {
    /// Opens what `path` names; of a file that lies elsewhere some parts only (``PartialFile``).
    func open(_ path: String) throws(FileError) -> MappedFile
    /// Whether the file system knows the path, so that it may be a folder, or another name of the same file.
    func isLocal(_ path: String) -> Bool
}

/// Arguments that are meant as addresses on a network.
public enum Address {
    /// Whether an argument begins with a scheme and `://`, as no path does that anybody writes. A file of such a name is reached by
    /// another path to it, such as `./NAME`.
    public static func isOne(_ argument: String) -> Bool {
        let scheme = argument.utf8.prefix { $0 != UInt8(ascii: ":") }
        guard let first = scheme.first, letters.contains(first | 0x20) else { return false }
        return scheme.allSatisfy { letters.contains($0 | 0x20) || digits.contains($0) || "+-.".utf8.contains($0) }
            && argument.utf8.dropFirst(scheme.count).starts(with: "://".utf8)
    }

    /// What to call an address, well-formed or not, without what may be secret: a name and a password before the host, and what follows
    /// a `?`.
    public static func name(of address: String) -> String {
        guard let mark = address.firstRange(of: "://") else { return address }
        let rest = address[mark.upperBound...].prefix { $0 != "?" }
        let authority = rest.prefix { $0 != "/" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return String(address[..<mark.upperBound]) + host + rest.dropFirst(authority.count)
    }

    private static let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
}

/// The file system.
public struct LocalFiles: FileSource {
    /// The file system; there is one.
    public init() {}
    /// Maps the file.
    public func open(_ path: String) throws(FileError) -> MappedFile { try MappedFile(path: path) }
    /// Always true.
    public func isLocal(_ path: String) -> Bool { true }
}
