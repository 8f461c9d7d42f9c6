import ArgumentParser
import Foundation
import SpecLoader

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write Sources/BlockSpec/Generated from Spec/.")

    @Option(help: "Root of the checkout.") var root = "."
    @Flag(help: "Write nothing; fail if a committed file differs.") var check = false

    func run() throws {
        let root = URL(fileURLWithPath: root)
        let folder = root.appendingPathComponent("Sources/BlockSpec/Generated")
        let files = try Generator(source: SpecSource(root: root.appendingPathComponent("Spec"))).files()
        var stale: [String] = []
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            let url = folder.appendingPathComponent(name)
            guard (try? String(contentsOf: url, encoding: .utf8)) != text else { continue }
            stale.append(name)
            if !check { try text.write(to: url, atomically: true, encoding: .utf8) }
        }
        guard check else { return print(stale.isEmpty ? "up to date" : "wrote \(stale.joined(separator: ", "))") }
        if !stale.isEmpty { throw ValidationError("out of date: \(stale.joined(separator: ", ")); run spectool generate") }
    }
}
