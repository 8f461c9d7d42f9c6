#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

/// Where a file is, as machine output states it: relative to the current folder, and so the same on every machine, where the file lies
/// below it; else absolute (`file:///…`). RFC 3986, every byte that is not unreserved in percent form.
struct ArtifactURI: Hashable {
    /// The name of the base that relative ones are relative to: the root of the checkout, to code-scanning services.
    static let baseID = "%SRCROOT%"

    let uri: String
    let isRelative: Bool

    /// The current folder as a URI, with the slash at its end that a base needs.
    static var base: String { "file://" + escape(folder == "/" ? "/" : folder + "/") }

    init(_ file: ForeignText) {
        let path = file.raw
        guard path != "-" else {
            (uri, isRelative) = ("-", true)
            return
        }
        let folder = Self.folder
        let whole = Self.normalised(path.hasPrefix("/") ? path : folder + "/" + path)
        let root = folder == "/" ? "/" : folder + "/"
        isRelative = whole.utf8.starts(with: root.utf8)
        uri =
            isRelative
            ? Self.escape(String(decoding: whole.utf8.dropFirst(root.utf8.count), as: UTF8.self)) : "file://" + Self.escape(whole)
    }

    /// Whether where it is depends on the current folder.
    static func needsFolder(_ file: ForeignText) -> Bool {
        let path = file.raw
        return path != "-" && !path.hasPrefix("/")
    }

    /// Without `.`, `..` and doubled slashes. A folder before `..` may be a link, so that `..` is where the system says it is.
    private static func normalised(_ path: String) -> String {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }.filter { $0 != "." }
        var result: [String] = []
        for part in parts {
            guard part == ".." else {
                result.append(part)
                continue
            }
            let real = realpath("/" + result.joined(separator: "/"), nil)
            defer { free(real) }
            if let real {
                result = String(cString: real).utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
            }
            _ = result.popLast()
        }
        return "/" + result.joined(separator: "/")
    }

    /// The system's error number where it does not say which the current folder is, so that relative paths lead nowhere.
    static var folderProblem: Int32? {
        if case .failure(let problem) = current { problem.number } else { nil }
    }

    private struct Problem: Error {
        let number: Int32
    }

    private static var folder: String { (try? current.get()) ?? "/" }

    private static let current: Result<String, Problem> = {
        guard let name = getcwd(nil, 0) else { return .failure(Problem(number: errno)) }
        defer { free(name) }
        return .success(String(cString: name))
    }()

    static func escape(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
