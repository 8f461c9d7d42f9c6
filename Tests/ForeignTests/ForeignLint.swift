import HIFIForeign
import TestSupport

/// Finds, in the text of a source file, raw text from elsewhere on its way to a reader, and ways to a standard stream beside `Standard`.
struct ForeignLint {
    /// A place in the sources that may do what the lint forbids, and why.
    struct Allowed {
        /// The end of the file's path.
        let file: String
        /// What the line contains.
        let line: String
        let reason: String
    }

    /// Something that the lint forbids.
    struct Problem {
        /// Counted from 1.
        let line: Int
        let text: String
    }

    /// Programs for maintainers, which read this checkout's own files only, and the type itself.
    static let exempt = ["Sources/vectors/", "Sources/spectool/", "Sources/SpecLoader/", "Sources/commitname/", "Sources/Foreign/"]

    static let allowed = [
        Allowed(file: "Output/Standard.swift", line: "static func", reason: "the one place that writes"),
        Allowed(file: "Verification/ArtifactURI.swift", line: "file.raw", reason: "the percent form of every byte that is not plain"),
        Allowed(
            file: "Output/Progress.swift", line: "Standard.write",
            reason: "the line that is rewritten; names in it are escaped by ProgressText"),
        Allowed(file: "Output/RawFiles.swift", line: "Standard.write", reason: "a file's own bytes where standard output was named for it"),
        Allowed(file: "HashCommand.swift", line: "Standard.write", reason: "a manifest, whose names are in percent form"),
        Allowed(file: "ConformanceCommand.swift", line: "ConformanceJUnit.text", reason: "XML, escaped by JUnitDocument"),
        Allowed(file: "ConformanceCommand.swift", line: "ConformancePage", reason: "a page, escaped by Markup"),
        Allowed(file: "Figures/ReportPage.swift", line: "\\(word)", reason: "markup, which escapes; one of our own verdicts"),
        Allowed(file: "PerplexityMeasureCommand.swift", line: "Standard.write", reason: "running values, which are numbers"),
        Allowed(file: "Inspection/ValuePreview.swift", line: "Printable.lines(text.debugDescription)", reason: "escaped after the quoting"),
    ]

    private let file: String
    /// Names that stand for plain strings of foreign origin in the file.
    private let plain: Set<Substring>

    /// What is wrong with a file.
    static func problems(in text: String, of file: String) -> [Problem] {
        guard !exempt.contains(where: file.hasPrefix) else { return [] }
        let lint = ForeignLint(
            file: file, plain: options(in: text).union(paths(in: text)).union(used(in: text)).subtracting(foreign(in: text)))
        var before: [Substring] = []
        var problems: [Problem] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let code = line.trimmingPrefix(while: \.isWhitespace)
            if !code.hasPrefix("//"), let problem = lint.problem(code, after: before.suffix(2)) {
                let isAllowed = allowed.contains { file.hasSuffix($0.file) && line.contains($0.line) }
                if !isAllowed { problems.append(Problem(line: index + 1, text: "\(problem): \(code)")) }
            }
            before = [Substring](before.suffix(1)) + [code]
        }
        return problems
    }

    /// What is wrong with a line; nil if nothing is.
    private func problem(_ code: Substring, after before: ArraySlice<Substring>) -> String? {
        // Most lines have none of it, and regular expressions are slow.
        if ["put", "print", "write", "dump", "FileHandle"].contains(where: code.contains) {
            if code.contains(
                /\b(fputs|puts|putchar|fwrite|printf|fprintf|debugPrint|dump)\(|FileHandle\.standard(Output|Error)|(^|[^.\w])print\(/)
            {
                return "written to a standard stream beside Standard"
            }
            if code.contains("Standard.write(") { return "written as it is: Standard.print makes text printable" }
        }
        if code.contains("debugDescription"), !code.contains("ForeignText("), !code.contains("var debugDescription") {
            return "quoted by Swift's rules, which leave much that steers a terminal: interpolate a ForeignText"
        }
        if code.contains("\\("), let problem = interpolation(code, after: before) { return problem }
        guard code.contains(".raw") else { return nil }
        if code.contains(/\b(message|found|expected|advice|detail|what|reason|problem|remedy):\s*[\w.$?]*\.raw\b/) {
            return "raw text in a message: interpolate the ForeignText itself"
        }
        let makesOutput =
            ["/Output/", "/Rendering/"].contains(where: file.contains) || file.hasSuffix("Text.swift") || file.hasSuffix("Page.swift")
        if makesOutput, code.contains(/\.raw\b/) { return "raw text where output is made: interpolate the ForeignText itself" }
        return nil
    }

    /// What is wrong with what a line interpolates.
    private func interpolation(_ code: Substring, after before: ArraySlice<Substring>) -> String? {
        var isForeign = false
        var rest = code
        while let open = rest.range(of: "\\(") {
            let head = rest[..<open.lowerBound]
            if head.contains("ForeignText(") || head.contains(".adding(") { isForeign = true }
            var depth = 1
            var end = open.upperBound
            while end < rest.endIndex, depth > 0 {
                if rest[end] == "(" { depth += 1 } else if rest[end] == ")" { depth -= 1 }
                end = rest.index(after: end)
            }
            // Names that are near are known ones.
            let inner = rest[open.upperBound..<end].dropLast().replacing(/NearNames\.\w+\([\w.]+\.raw\b/, with: "")
            rest = rest[end...]
            if isForeign || inner.contains("ForeignText(") { continue }
            if inner.contains(/\.raw\b/) { return "raw text in a string: interpolate the ForeignText itself" }
            if inner.contains(/String\((cString|decoding|validating)/), !inner.contains("strerror") {
                return "bytes from elsewhere in a string: make a ForeignText of them"
            }
            // A path, or the name of a revision, that is put together is not a message.
            let isName = rest.hasPrefix("/") || rest.hasPrefix("\\(") || head.hasSuffix("/") || head.hasSuffix("hifi@")
            if !isName, isPlain(inner), !before.contains(where: { $0.contains("case .") }), !code.contains("case .") {
                return "a plain string from elsewhere in a string: make a ForeignText of it"
            }
        }
        return nil
    }

    /// Whether an expression is the value of one of the plain names.
    private func isPlain(_ expression: Substring) -> Bool {
        let text = expression.hasPrefix("self.") ? expression.dropFirst(5) : expression
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let behind = text[name.endIndex...]
        return plain.contains(name) && (behind.isEmpty || [" ??", ".joined(", ".prefix(", "["].contains(where: behind.hasPrefix))
    }

    /// The options and arguments of a command that are plain strings.
    private static func options(in text: String) -> Set<Substring> {
        var names: Set<Substring> = []
        for mark in ["@Option", "@Argument"] {
            for piece in text.split(separator: mark, omittingEmptySubsequences: false).dropFirst() {
                guard let declaration = piece.range(of: "var ") else { continue }
                let name = piece[declaration.upperBound...].prefix { $0.isLetter || $0.isNumber }
                let type = piece[name.endIndex...]
                if [": String", ": [String", " = \""].contains(where: type.hasPrefix) { names.insert(name) }
            }
        }
        return names
    }

    /// Parameters and variables that by their names are what a user typed or a folder held.
    private static func paths(in text: String) -> Set<Substring> {
        Set(text.matches(of: /\b(path|paths|folder|directory|argument|word|manifest)\s*:\s*\[?(?:String|Substring)\b/).map(\.output.1))
    }

    /// Names of strings that the file itself treats as foreign: it makes a `ForeignText` of them, or looks for names that are near.
    private static func used(in text: String) -> Set<Substring> {
        Set(text.matches(of: /(?:\bForeignText\((?:path: |sentence: )?|\bNearNames\.\w+\((?:String\()?)(\w+)[,)]/).map(\.output.1))
    }

    /// Names that are of the right type somewhere in the file, so that the name alone does not tell.
    private static func foreign(in text: String) -> Set<Substring> {
        Set(text.matches(of: /\b(\w+)\s*:\s*\[?ForeignText\b/).map(\.output.1))
    }
}
