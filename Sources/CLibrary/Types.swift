#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import HIFIBlockSpec
import HIFICAPI
import HIFIForeign
import HIFIKernels
import HIFIReference

/// The version, for as long as the program runs. Unsafe only by its type: nobody writes there.
nonisolated(unsafe) private let version = UnsafePointer(strdup(Spec.version))

/// The version of library and specification: `hifi_version`, as `hifi.h` says.
@_cdecl("hifi_version")
public func versionText() -> UnsafePointer<CChar>? { version }

/// How many types there are: `hifi_type_count`, as `hifi.h` says.
@_cdecl("hifi_type_count")
public func typeCount() -> Int { Spec.formats.count }

/// A type by its place: `hifi_type_at`, as `hifi.h` says.
@_cdecl("hifi_type_at")
public func type(at index: Int, _ type: UnsafeMutablePointer<hifi_type>?) -> hifi_status {
    guard let type else { return Int32(HIFI_BAD_ARGUMENT) }
    guard Spec.formats.indices.contains(index) else { return Int32(HIFI_UNKNOWN) }
    type.pointee = Spec.formats[index].asType
    return Int32(HIFI_OK)
}

/// A type by its name: `hifi_type_named`, as `hifi.h` says.
@_cdecl("hifi_type_named")
public func type(
    named name: UnsafePointer<CChar>?, _ type: UnsafeMutablePointer<hifi_type>?, _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        guard let type else { throw .argument("type is NULL") }
        type.pointee = try format(name).asType
    }
}

/// What the specification says of a type: `hifi_type_json`, as `hifi.h` says.
@_cdecl("hifi_type_json")
public func typeJSON(
    named name: UnsafePointer<CChar>?, _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        guard let json else { throw .argument("json is NULL") }
        let description = TypeDescription(try format(name))
        do { json.pointee = try owned(JSONText.render(description)) } catch { throw CallError(HIFI_INTERNAL, "\(error)") }
    }
}

/// The format that a caller named.
func format(_ name: UnsafePointer<CChar>?) throws(CallError) -> BlockFormat {
    let name = try text(name, "type")
    guard let format = Spec.format(name) else { throw CallError(HIFI_UNKNOWN, "no type is named \(ForeignText(name))") }
    return format
}

extension BlockFormat {
    /// Whether interleaved rows of it can be taken apart, or single ones decoded.
    private var decodes: Bool { decoding != nil || Unweaver(self) != nil }

    fileprivate var asType: hifi_type {
        var type = hifi_type()
        withUnsafeMutableBytes(of: &type.name) { copy(id, to: $0) }
        (type.weights, type.bytes) = (UInt32(clamping: elements), UInt32(clamping: bytes))
        (type.header_bytes, type.interleave) = (UInt32(clamping: headerBytes), UInt32(clamping: interleave))
        type.decodes = decodes ? 1 : 0
        type.encodes = ReferenceEncoder.canEncode(self) ? 1 : 0
        type.multiplies = Multiplication(self) == nil ? 0 : 1
        return type
    }
}

/// What `hifi_type_json` says.
private struct TypeDescription: Encodable {
    let name: String
    let aliases: [String]
    let title: String
    let weights: Int
    let bytes: Int
    let headerBytes: Int
    let interleave: Int
    let fields: [Field]
    let headerFields: [Field]
    let checks: [Check]
    let clauses: [Clause]

    struct Field: Encodable {
        let name: String
        let offset: Int
        let bytes: Int
        let type: String
        let count: Int
    }

    struct Check: Encodable {
        let clause: String
        let kind: String
        let field: String
        let severity: String
    }

    struct Clause: Encodable {
        let id: String
        let topic: String
        let text: String
    }

    init(_ format: BlockFormat) {
        (name, aliases, title) = (format.id, format.aliases, format.title)
        (weights, bytes, headerBytes, interleave) = (format.elements, format.bytes, format.headerBytes, format.interleave)
        fields = format.fields.map(Field.init)
        headerFields = (format.rowHeader?.fields ?? []).map(Field.init)
        checks = format.checks.map {
            Check(clause: $0.clause, kind: $0.kind.rawValue, field: $0.field, severity: $0.severity.rawValue)
        }
        clauses = format.clauses.map { Clause(id: $0.id, topic: "\($0.topic)", text: $0.text) }
    }
}

extension TypeDescription.Field {
    init(_ field: HIFIBlockSpec.Field) {
        self.init(name: field.name, offset: field.offset, bytes: field.range.count, type: field.type.rawValue, count: field.count)
    }
}
