#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIBlockSpec
import HIFIForeign
import HIFIVerification

extension SARIFLog {
    /// Descriptions beyond this many characters are cut by services, or refused.
    private static let descriptionLimit = 1000
    private static let unreadable = "unreadable-file"

    /// Where files are cannot be stated: their paths are relative to a folder that the system does not name.
    package struct UnknownFolder: Error, CustomStringConvertible {
        let number: Int32

        /// One line.
        package var description: String { "cannot find the current folder: \(String(cString: strerror(number)))" }
    }

    /// - Parameter reference: where rules are documented.
    package init(_ report: VerificationReport, _ reference: RuleReference) throws(UnknownFolder) {
        let named = report.files.map(\.path) + report.failures.map(\.file)
        if let number = ArtifactURI.folderProblem, named.contains(where: ArtifactURI.needsFolder) {
            throw UnknownFolder(number: number)
        }
        let findings = report.files.flatMap { file in file.findings.filter(Self.isResult).map { (file.path, $0) } }
        let ids = Set(findings.map(\.1.rule)).sorted()
        let indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        let driver = Driver(
            version: Spec.version, semanticVersion: Spec.version,
            rules: ids.map { Self.descriptor($0, report.profile, findings.lazy.map(\.1), reference) }, notifications: [Self.unreadableKind])
        let failed = report.failures.map { failure in
            Notification(
                descriptor: .init(id: Self.unreadable, index: 0), message: Text(text: failure.message),
                locations: [Self.location(.init(), in: failure.file)])
        }
        let invocation = Invocation(
            executionSuccessful: report.failures.isEmpty, exitCode: report.exitCode, toolExecutionNotifications: failed)
        let artifacts =
            report.files.map { ArtifactEntry(location: Artifact($0.path), length: $0.bytes) }
            + report.failures.map { ArtifactEntry(location: Artifact($0.file), length: nil) }
        let files = report.files.map { file in
            let notes = file.findings.filter { !Self.isResult($0) && $0.suppressed == nil }
            return Properties.File(
                path: file.path, verdict: file.verdict, coverage: file.coverage,
                notes: notes.map { .init(ruleId: $0.rule, text: FindingText.text($0)) })
        }
        runs = [
            Run(
                tool: Tool(driver: driver), invocations: [invocation],
                originalUriBaseIds: [ArtifactURI.baseID: Artifact(base: ArtifactURI.base)], artifacts: artifacts,
                results: findings.map { Self.result($1, in: $0, index: indices[$1.rule] ?? 0) },
                properties: Properties(files: files))
        ]
    }

    /// Notes are not results: a file that conforms has none.
    private static func isResult(_ finding: Finding) -> Bool { finding.severity > .note }

    private static func result(_ finding: Finding, in path: ForeignText, index: Int) -> Result {
        let first = location(finding.location, in: path)
        var seen: Set<[String]> = []
        let others = finding.examples.filter { seen.insert(["\($0.file ?? path)", name($0), "\($0.offset ?? -1)"]).inserted }
        return Result(
            ruleId: finding.rule, ruleIndex: index, level: finding.severity.rawValue, message: Text(text: FindingText.text(finding)),
            locations: [first],
            relatedLocations: others.isEmpty ? nil : others.enumerated().map { location($1, in: path, id: $0 + 1) },
            occurrenceCount: max(1, finding.count),
            // The one name that services look at; of rule, file name, place in the model and what was found, see `Finding.fingerprint`.
            partialFingerprints: ["primaryLocationLineHash": "\(finding.fingerprint):1", "hifiFinding/v1": finding.fingerprint],
            suppressions: finding.suppressed.map { [Suppression(justification: "\($0) (\(finding.suppressedBy ?? "policy"))")] })
    }

    private static func location(_ place: Finding.Location, in path: ForeignText, id: Int? = nil) -> Location {
        let name = name(place)
        return Location(
            id: id,
            physicalLocation: .init(
                artifactLocation: Artifact(place.file ?? path), region: Region(byteOffset: place.offset.map { max(0, $0) })),
            logicalLocations: name.isEmpty ? nil : [.init(fullyQualifiedName: name, kind: place.tensor == nil ? "member" : "object")])
    }

    /// `blk.0.attn_v.weight/row 3/block 0/qs`.
    private static func name(_ place: Finding.Location) -> String {
        [
            place.tensor?.description, place.key?.description, place.row.map { "row \($0)" }, place.block.map { "block \($0)" },
            place.field,
        ]
        .compactMap(\.self).joined(separator: "/")
    }

    private static func descriptor(
        _ id: String, _ profile: RuleProfile, _ findings: some Sequence<Finding>, _ reference: RuleReference
    ) -> Descriptor {
        let (title, text, remedy) = RuleReference.describe(id)
        let rule = Spec.containerRule(id)
        // A clause of a block format has no severity of its own but that of its check.
        let first = findings.first { $0.rule == id }
        let severity = rule?.severity(in: profile).rawValue ?? (first?.changed?.from ?? first?.severity)?.rawValue ?? "warning"
        let kind = rule?.findingClass.rawValue ?? first?.kind.rawValue ?? "damaged"
        let help = [text, remedy].compactMap(\.self).joined(separator: "\n\n")
        return Descriptor(
            id: id, shortDescription: Text(text: title), fullDescription: Text(text: cut(text)),
            help: Help(text: help, markdown: "**\(id): \(title)**\n\n\(help)"), helpUri: reference.uri(id),
            defaultConfiguration: Configuration(
                level: severity == "off" ? "none" : severity, enabled: severity == "off" ? false : nil),
            properties: DescriptorProperties(
                tags: [kind], problemSeverity: ["error", "warning"].contains(severity) ? severity : "recommendation"))
    }

    private static let unreadableKind = Descriptor(
        id: unreadable, shortDescription: Text(text: "File not readable"),
        fullDescription: Text(text: "A file could not be opened or read, or changed meanwhile: nothing was concluded about it."),
        help: Help(
            text: "Check the path and its permissions, and run again.", markdown: "Check the path and its permissions, and run again."),
        helpUri: nil, defaultConfiguration: Configuration(level: "error", enabled: nil), properties: nil)

    private static func cut(_ text: String) -> String {
        text.count <= descriptionLimit ? text : text.prefix(descriptionLimit - 1) + "…"
    }
}
