import Foreign
import Foundation
import TestSupport
import Testing

@Suite("No raw text from elsewhere reaches output")
struct ForeignLintTests {
    @Test("The sources keep to it")
    func sources() throws {
        var problems: [String] = []
        let files = Repository.files(below: "Sources", withExtension: "swift")
        #expect(files.count > 300)
        for file in files {
            for (index, line) in try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if let problem = ForeignLint.problem(String(line), in: file) {
                    problems.append("\(file):\(index + 1): \(problem): \(line)")
                }
            }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    @Test(
        "Lines that break the rule are found",
        arguments: [
            #"throw Failure(.malformed, "tensor \(tensor.name.raw) is odd")"#, #"findings.add(rule, place, "The key \(entry.key.raw).")"#,
            #"lines.append("\(report.files.first?.path.raw ?? "")")"#, #"add(rule, place, "odd", expected: "a name", found: name.raw)"#,
            #"print("hello")"#, #"fputs(text, stderr)"#, #"FileHandle.standardError.write(data)"#, #"        print(path)"#,
        ])
    func finds(line: String) { #expect(ForeignLint.problem(line, in: "Sources/Verification/Rules/SomeRules.swift") != nil) }

    @Test("Where output is made, no raw text has a place at all")
    func output() {
        for file in ["Sources/hifi/Output/SizesText.swift", "Sources/hifi/Commands/DiffPage.swift"] {
            #expect(ForeignLint.problem("table.add(row.name.raw)", in: file) != nil)
        }
    }

    @Test(
        "Lines that keep to it are not",
        arguments: [
            #"throw Failure(.malformed, "tensor \(tensor.name) is odd")"#, #"let format = Spec.format(tensor.name.raw)"#,
            #"value: ForeignText("\"\(type.raw)\""))"#, #"Standard.print(lines.joined(separator: "\n"))"#, #"// print(tensor.name.raw)"#,
            #"guard model.metadata[key.raw] != nil else { return }"#, #"footprint(of: model)"#,
        ])
    func passes(line: String) { #expect(ForeignLint.problem(line, in: "Sources/Verification/Rules/SomeRules.swift") == nil) }

    @Test("Every exception is in use and has a reason")
    func exceptions() throws {
        let files = Repository.files(below: "Sources", withExtension: "swift")
        for exception in ForeignLint.allowed {
            let file = try #require(files.first { $0.hasSuffix(exception.file) }, "\(exception.file)")
            #expect(try Repository.text(file).contains(exception.line) && !exception.reason.isEmpty, "\(exception)")
        }
    }
}
