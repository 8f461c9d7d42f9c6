import Foundation
import HIFIForeign
import TestSupport
import Testing

@Suite("No raw text from elsewhere reaches output")
struct ForeignLintTests {
    @Test("The sources keep to it")
    func sources() throws {
        let files = Repository.files(below: "Sources", withExtension: "swift")
        #expect(files.count > 300)
        var problems: [String] = []
        for file in files {
            problems += ForeignLint.problems(in: try Repository.text(file), of: file).map { "\(file):\($0.line): \($0.text)" }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test(
        "Lines that break the rule are found",
        arguments: [
            #"throw Failure(.malformed, "tensor \(tensor.name.raw) is odd")"#, #"findings.add(rule, place, "The key \(entry.key.raw).")"#,
            #"lines.append("\(report.files.first?.path.raw ?? "")")"#, #"add(rule, place, "odd", expected: "a name", found: name.raw)"#,
            #"print("hello")"#, #"fputs(text, stderr)"#, #"FileHandle.standardError.write(data)"#, #"        print(path)"#,
            #"Standard.write(Array(text.utf8))"#, #"return "no command \"\(name.debugDescription)\"""#,
            #"throw .unavailable("cannot load it: \(String(cString: dlerror()))")"#,
        ])
    func finds(line: String) { #expect(Self.problems(line).count == 1) }

    @Test(
        "So are plain strings that by their declarations come from elsewhere",
        arguments: [
            #"func fail(path: String) -> Failure { Failure(.malformed, "\(path): it has no first part") }"#,
            "@Option(help: \"A file (of text).\")\nvar file: String?\n"
                + #"func run() { Standard.printError("no such file: \(file ?? "")") }"#,
            "@Argument var files: [String]\n" + #"let text = "these are none: \(files.joined(separator: ", "))""#,
            "@Option var backend = \"cpu\"\n" + #"throw ValidationError("there is no \(backend)")"#,
            #"func find(_ id: String) { throw Failure(.usage, "no \(id); \(NearNames.hint(id, in: known))") }"#,
            #"if text.isEmpty { throw Problem("\(ForeignText(text)) is short") } else { throw Problem("\(text) is long") }"#,
            "for word: Substring in words {\n" + #"throw Problem("cannot make sense of \(word)")"#,
        ])
    func findsPlain(text: String) { #expect(Self.problems(text).count == 1, "\(Self.problems(text))") }

    @Test("Where output is made, no raw text has a place at all")
    func output() {
        for file in ["Sources/hifi/Output/Progress.swift", "Sources/Rendering/Differences/DiffPage.swift"] {
            #expect(ForeignLint.problems(in: "table.add(row.name.raw)", of: file).count == 1)
        }
    }

    @Test(
        "Lines that keep to it are not",
        arguments: [
            #"throw Failure(.malformed, "tensor \(tensor.name) is odd")"#, #"let format = Spec.format(tensor.name.raw)"#,
            #"value: ForeignText("\"\(type.raw)\""))"#, #"Standard.print(lines.joined(separator: "\n"))"#, #"// print(tensor.name.raw)"#,
            #"guard model.metadata[key.raw] != nil else { return }"#, #"footprint(of: model)"#,
            #"throw .usage("no mix \(name); \(NearNames.hint(name.raw, in: known))")"#,
            #"func fail(path: String) -> Failure { Failure(.malformed, "\(ForeignText(path: path)): it has no first part") }"#,
            #"func read(folder: String, name: String) { open("\(folder)/\(name)") }"#,
            #"func find(_ id: String) { Spec.format("q3_k_hifi@\(id)") ?? fail("\(ForeignText(id)) is unknown") }"#,
            #"func find(path: ForeignText) -> String { "nothing in \(path)" }"#,
            "func open(path: String)\n" + #"case .missing(let path): "\(path) is missing""#,
        ])
    func passes(line: String) { #expect(Self.problems(line).isEmpty, "\(Self.problems(line))") }

    @Test("Every exception is in use and has a reason")
    func exceptions() throws {
        let files = Repository.files(below: "Sources", withExtension: "swift")
        for exception in ForeignLint.allowed {
            let file = try #require(files.first { $0.hasSuffix(exception.file) }, "\(exception.file)")
            #expect(try Repository.text(file).contains(exception.line) && !exception.reason.isEmpty, "\(exception)")
        }
    }

    private static func problems(_ text: String) -> [String] {
        ForeignLint.problems(in: text, of: "Sources/Verification/Rules/SomeRules.swift").map(\.text)
    }
}
