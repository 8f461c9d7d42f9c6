import HIFIForeign
import HIFIVerification

/// Findings in SARIF 2.1.0, the form that code-scanning services read. `Spec/schema/output/sarif.json` is what is written of it.
package struct SARIFLog: Encodable {
    let version = "2.1.0"
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    let runs: [Run]

    enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    struct Run: Encodable {
        let tool: Tool
        let invocations: [Invocation]
        let originalUriBaseIds: [String: Artifact]
        let artifacts: [ArtifactEntry]
        /// Errors and warnings, also those that a policy silences. A file without any has no result.
        let results: [Result]
        let properties: Properties
    }

    /// What SARIF has no place for: what the verdict on each file is and covers, and notes, which change no verdict.
    struct Properties: Encodable {
        let files: [File]

        struct File: Encodable {
            let path: ForeignText
            let verdict: Verdict
            let coverage: Coverage
            let notes: [Note]
        }

        struct Note: Encodable {
            let ruleId: String
            let text: String
        }
    }

    struct Tool: Encodable {
        let driver: Driver
    }

    struct Driver: Encodable {
        let name = "hifi"
        let version: String
        let semanticVersion: String
        let rules: [Descriptor]
        let notifications: [Descriptor]
    }

    /// A rule, or a kind of notification.
    struct Descriptor: Encodable {
        let id: String
        let shortDescription: Text
        let fullDescription: Text
        let help: Help
        let helpUri: String?
        let defaultConfiguration: Configuration
        let properties: DescriptorProperties?

        enum CodingKeys: CodingKey {
            case id, shortDescription, fullDescription, help, helpUri, defaultConfiguration, properties
        }
    }

    struct Configuration: Encodable {
        let level: String
        /// Absent where the rule is looked at.
        let enabled: Bool?
    }

    struct DescriptorProperties: Encodable {
        let tags: [String]
        /// `error`, `warning` or `recommendation`, as code-scanning services have it.
        let problemSeverity: String

        enum CodingKeys: String, CodingKey {
            case tags
            case problemSeverity = "problem.severity"
        }
    }

    struct Text: Encodable {
        let text: String
    }

    struct Help: Encodable {
        let text: String
        let markdown: String
    }

    struct Invocation: Encodable {
        /// False where a file could not be read.
        let executionSuccessful: Bool
        let exitCode: Int32
        let toolExecutionNotifications: [Notification]
    }

    struct Notification: Encodable {
        let descriptor: Reference
        let level = "error"
        let message: Text
        let locations: [Location]

        struct Reference: Encodable {
            let id: String
            let index: Int
        }

        enum CodingKeys: CodingKey { case descriptor, level, message, locations }
    }

    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int
        let level: String
        let message: Text
        let locations: [Location]
        /// Further places of the same kind, numbered; absent where there is one.
        let relatedLocations: [Location]?
        let occurrenceCount: Int
        let partialFingerprints: [String: String]
        /// Absent where the finding counts.
        let suppressions: [Suppression]?
    }

    struct Suppression: Encodable {
        /// Not in the file itself, but in a policy.
        let kind = "external"
        let status = "accepted"
        let justification: String

        enum CodingKeys: CodingKey { case kind, status, justification }
    }

    struct Location: Encodable {
        let id: Int?
        let physicalLocation: Physical
        let logicalLocations: [Logical]?

        struct Physical: Encodable {
            let artifactLocation: Artifact
            let region: Region
        }

        struct Logical: Encodable, Hashable {
            let fullyQualifiedName: String
            let kind: String
        }
    }

    struct Artifact: Encodable {
        let uri: String
        let uriBaseId: String?

        init(_ path: ForeignText) {
            let location = ArtifactURI(path)
            (uri, uriBaseId) = (location.uri, location.isRelative ? ArtifactURI.baseID : nil)
        }

        init(base: String) { (uri, uriBaseId) = (base, nil) }
    }

    struct ArtifactEntry: Encodable {
        let location: Artifact
        /// Bytes; absent where the file could not be read.
        let length: Int?
        let roles = ["analysisTarget"]

        enum CodingKeys: CodingKey { case location, length, roles }
    }

    /// A place in a binary file. Services place a result by lines alone, so that the first stands for the file; the byte says where.
    struct Region: Encodable {
        let startLine = 1
        let startColumn = 1
        let endLine = 1
        let endColumn = 2
        let byteOffset: Int?

        enum CodingKeys: CodingKey { case startLine, startColumn, endLine, endColumn, byteOffset }
    }
}
