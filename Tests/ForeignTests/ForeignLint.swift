import Foreign
import TestSupport

/// Finds, in lines of source, raw text from elsewhere on its way to a reader, and ways to a standard stream beside `Standard`.
enum ForeignLint {
    /// A place in the sources that may do what the lint forbids, and why.
    struct Allowed {
        /// The end of the file's path.
        let file: String
        /// What the line contains.
        let line: String
        let reason: String
    }

    /// Programs for maintainers, which read this checkout's own files only, and the type itself.
    static let exempt = ["Sources/vectors/", "Sources/spectool/", "Sources/SpecLoader/", "Sources/Foreign/"]

    static let allowed = [
        Allowed(file: "Output/Standard.swift", line: "static func", reason: "the one place that writes"),
        Allowed(file: "Output/ArtifactURI.swift", line: "file.raw", reason: "the percent form of every byte that is not plain"),
    ]

    /// What is wrong with a line; nil if nothing is.
    static func problem(_ line: String, in file: String) -> String? {
        // Most lines have none of it, and regular expressions are slow.
        guard ["raw", "put", "print", "write", "dump", "FileHandle"].contains(where: line.contains) else { return nil }
        let code = line.trimmingPrefix(while: \.isWhitespace)
        guard !code.hasPrefix("//"), !exempt.contains(where: file.hasPrefix) else { return nil }
        guard !allowed.contains(where: { file.hasSuffix($0.file) && line.contains($0.line) }) else { return nil }
        if code.contains(
            /\b(fputs|puts|putchar|fwrite|printf|fprintf|debugPrint|dump)\(|FileHandle\.standard(Output|Error)|(^|[^.\w])print\(/)
        {
            return "written to a standard stream beside Standard"
        }
        if rawInInterpolation(String(code)) { return "raw text in a string: interpolate the ForeignText itself" }
        if code.contains(/\b(message|found|expected|advice|detail|what|reason|problem|remedy):\s*[\w.$?]*\.raw\b/) {
            return "raw text in a message: interpolate the ForeignText itself"
        }
        if file.contains("/Output/") || file.hasSuffix("Text.swift") || file.hasSuffix("Page.swift"), code.contains(/\.raw\b/) {
            return "raw text where output is made: interpolate the ForeignText itself"
        }
        return nil
    }

    /// Whether an interpolation takes raw text, other than to make a longer `ForeignText` of it.
    private static func rawInInterpolation(_ code: String) -> Bool {
        var isForeign = false
        var rest = Substring(code)
        while let open = rest.range(of: "\\(") {
            if rest[..<open.lowerBound].contains("ForeignText(") || rest[..<open.lowerBound].contains(".adding(") { isForeign = true }
            var depth = 1
            var end = open.upperBound
            while end < rest.endIndex, depth > 0 {
                if rest[end] == "(" { depth += 1 } else if rest[end] == ")" { depth -= 1 }
                end = rest.index(after: end)
            }
            // Names that are near are known ones.
            let inner = rest[open.upperBound..<end].replacing(/NearNames\.\w+\([\w.]+\.raw\b/, with: "")
            if !isForeign, !inner.contains("ForeignText("), inner.contains(/\.raw\b/) { return true }
            rest = rest[end...]
        }
        return false
    }
}
