import ArgumentParser
import Foundation
import SpecLoader

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write Sources/BlockSpec/Generated and Spec/RULES.md from Spec/.")

    @Option(help: "Root of the checkout.") var root = "."
    @Flag(help: "Write nothing; fail if a committed file differs.") var check = false

    func run() throws {
        let root = URL(fileURLWithPath: root)
        let generator = Generator(source: SpecSource(root: root.appendingPathComponent("Spec")))
        let sources = try generator.files().map { ("Sources/BlockSpec/Generated/\($0.key)", $0.value) }
        let documents = try generator.documents().map { ("Spec/\($0.key)", $0.value) }
        var stale: [String] = []
        for (path, text) in (sources + documents).sorted(by: { $0.0 < $1.0 }) {
            let url = root.appendingPathComponent(path)
            guard (try? String(contentsOf: url, encoding: .utf8)) != text else { continue }
            stale.append(path)
            if !check { try text.write(to: url, atomically: true, encoding: .utf8) }
        }
        guard check else { return print(stale.isEmpty ? "up to date" : "wrote \(stale.joined(separator: ", "))") }
        if !stale.isEmpty { throw ValidationError("out of date: \(stale.joined(separator: ", ")); run spectool generate") }
    }
}
