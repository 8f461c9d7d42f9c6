import FoundationEssentials
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Suite

/// The digests of a model's files as tools that sign models take them: an in-toto Statement (version 1) with the predicate of OpenSSF's
/// Model Signing (version 1.0). Signatures are made and checked by those tools; there is no cryptography of that kind here.
///
/// The one subject is the model, by the SHA-256 of its files' digests in the order of their names. A model of one file has that file's
/// name, and the file is `.` in it.
package struct SigningStatement: Encodable, Sendable, Equatable {
    private let type: String
    private let subject: [Subject]
    private let predicateType: String
    private let predicate: Predicate

    private struct Subject: Encodable, Equatable {
        let name: String
        let digest: [String: String]
    }

    private struct Predicate: Encodable, Equatable {
        let serialization: Serialization
        let resources: [Resource]
    }

    private struct Serialization: Encodable, Equatable {
        let method: String
        let hashType: String
        let allowSymlinks: Bool

        enum CodingKeys: String, CodingKey {
            case method
            case hashType = "hash_type"
            case allowSymlinks = "allow_symlinks"
        }
    }

    private struct Resource: Encodable, Equatable {
        let name: String
        let algorithm: String
        let digest: String
    }

    enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }

    fileprivate static let statementType = "https://in-toto.io/Statement/v1"
    fileprivate static let modelPredicate = "https://model_signing/signature/v1.0"
    fileprivate static let payloadType = "application/vnd.in-toto+json"

    /// Two files would have one name.
    package struct SameName: Error, Sendable {
        package let name: ForeignText
    }

    /// The statement about files of which the whole was digested by SHA-256.
    ///
    /// The model has the name of its only file, or of the folder, or of the set that its files are the parts of.
    ///
    /// - Parameter folder: names of files are relative to it; nil for those relative to the folder that all files are in.
    package init(_ files: [FileDigests], below folder: String?) throws(SameName) {
        let digested = files.compactMap { file in file.file.first { $0.algorithm == .sha256 }.map { (path: file.fileName.raw, digest: $0) }
        }
        let common = folder.map(Self.components) ?? Self.commonFolder(digested.map(\.path))
        let named = digested.map { (name: Self.components($0.path).dropFirst(common.count).joined(separator: "/"), digest: $0.digest) }
            .sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
        for (one, other) in zip(named, named.dropFirst()) where one.name == other.name { throw SameName(name: ForeignText(path: one.name)) }
        let isSingle = named.count == 1 && folder == nil
        let set = named.first.flatMap { SplitName(path: $0.name)?.prefix }
        let model = (folder == nil ? set : nil) ?? common.last.map(String.init) ?? "model"
        subject = [Subject(name: isSingle ? named[0].name : model, digest: ["sha256": Self.root(named.map(\.digest)).hex])]
        predicate = Predicate(
            serialization: .init(method: "files", hashType: "sha256", allowSymlinks: false),
            resources: named.map { Resource(name: isSingle ? "." : $0.name, algorithm: "sha256", digest: $0.digest.hex) })
        (type, predicateType) = (Self.statementType, Self.modelPredicate)
    }

    private static func components(_ path: String) -> [Substring] { path.split(separator: "/").filter { $0 != "." } }

    /// The folder that all of some paths are in.
    private static func commonFolder(_ paths: [String]) -> [Substring] {
        let folders = paths.map { Array(components($0).dropLast()) }
        return folders.dropFirst().reduce(folders.first ?? []) { common, next in zip(common, next).prefix { $0 == $1 }.map(\.0) }
    }

    fileprivate static func root(_ digests: [Digest]) -> Digest { .of(ByteView(digests.flatMap(\.bytes)), .sha256) }
}

/// What such a statement lists, read from it or from the envelope that it was signed in.
package struct SignedDigests: Sendable {
    /// A digest of each file, by its name.
    package let manifest: Manifest
    /// The statement stands in an envelope with signatures, which were not looked at.
    package let hasSignatures: Bool

    /// Why a text lists no digests.
    package struct Problem: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Whether a text is meant as one: it is a JSON object.
    package static func isMeant(by text: [UInt8]) -> Bool {
        text.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "{")
    }

    package init(_ text: [UInt8]) throws(Problem) {
        let document = try Self.parse(text)
        let envelope = document["dsseEnvelope"] ?? (document["payloadType"] == nil ? nil : document)
        hasSignatures = envelope != nil
        guard let envelope else {
            manifest = try Self.manifest(document)
            return
        }
        guard envelope["payloadType"]?.string == SigningStatement.payloadType, let payload = envelope["payload"]?.string else {
            throw Problem(description: "its envelope has no payload of the type \(SigningStatement.payloadType)")
        }
        guard let bytes = Data(base64Encoded: payload.filter { !$0.isWhitespace }) else {
            throw Problem(description: "its envelope's payload is not base64")
        }
        manifest = try Self.manifest(try Self.parse([UInt8](bytes)))
    }

    private static func parse(_ text: [UInt8]) throws(Problem) -> JSONValue {
        do throws(JSONParser.Problem) { return try JSONParser.parse(text) } catch { throw Problem(description: "it is not JSON: \(error)") }
    }

    private static func manifest(_ statement: JSONValue) throws(Problem) -> Manifest {
        guard statement["_type"]?.string == SigningStatement.statementType else {
            throw Problem(description: "this is not a manifest: JSON, but not an in-toto statement of version 1")
        }
        guard statement["predicateType"]?.string == SigningStatement.modelPredicate else {
            throw Problem(
                description:
                    "it states \(ForeignText(statement["predicateType"]?.string ?? "nothing")), not the digests of a model's files "
                    + "(\(SigningStatement.modelPredicate))")
        }
        let serialization = statement["predicate"]?["serialization"]
        guard serialization?["method"]?.string == "files", serialization?["hash_type"]?.string == "sha256" else {
            throw Problem(description: "its digests are not those of whole files by SHA-256")
        }
        guard let subjects = statement["subject"]?.array, subjects.count == 1, let model = subjects[0]["name"]?.string,
            let root = subjects[0]["digest"]?["sha256"]?.string, let resources = statement["predicate"]?["resources"]?.array
        else { throw Problem(description: "it does not name one model and its files") }
        var entries: [Manifest.Entry] = []
        for resource in resources {
            guard let name = resource["name"]?.string, resource["algorithm"]?.string == "sha256", let hex = resource["digest"]?.string,
                let digest = Digest(.sha256, hex: Substring(hex))
            else { throw Problem(description: "a file in it has no name or no SHA-256") }
            let components = name.split(separator: "/", omittingEmptySubsequences: false)
            guard name == "." || !components.contains(where: { ["", ".", ".."].contains($0) }) else {
                throw Problem(description: "a file in it is named \"\(ForeignText(path: name))\", which is no path below the model")
            }
            entries.append(
                .init(digest: digest, target: .file(ForeignText(path: name == "." ? model : name)), typeID: nil, dimensions: nil))
        }
        guard SigningStatement.root(entries.map(\.digest)).hex == root else {
            throw Problem(description: "it was altered: the digest of the model is not that of its files' digests")
        }
        return Manifest(form: .hifi, entries: entries)
    }
}
