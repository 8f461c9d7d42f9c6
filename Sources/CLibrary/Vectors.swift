#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import HIFICAPI
import HIFIForeign
import Suite

/// Cases one after another, each laid out in memory of its own until the next is asked for.
private final class Walk {
    private let cases: [ConformanceCase]
    private var next = 0
    private var memory: [UnsafeMutableRawPointer] = []

    init(_ store: VectorStore) { cases = store.cases }

    deinit { release() }

    private func release() {
        for place in memory { place.deallocate() }
        memory = []
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer {
        // Nothing is something, so that no answer and an empty one are not confused.
        let place = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        if let source = bytes.baseAddress { place.copyMemory(from: source, byteCount: bytes.count) }
        memory.append(place)
        return UnsafeRawPointer(place)
    }

    private func keep(_ text: String) -> UnsafePointer<CChar> {
        (Array(text.utf8) + [0]).withUnsafeBytes { keep($0).assumingMemoryBound(to: CChar.self) }
    }

    private func keep(_ bytes: [UInt8]) -> UnsafePointer<UInt8> {
        bytes.withUnsafeBytes { keep($0).assumingMemoryBound(to: UInt8.self) }
    }

    private func keep(_ bits: [UInt32]) -> UnsafePointer<Float> {
        bits.withUnsafeBytes { keep($0).assumingMemoryBound(to: Float.self) }
    }

    /// The next case that is a question about blocks alone; nil after the last.
    func advance() -> hifi_vector? {
        release()
        while next < cases.count {
            let current = cases[next]
            next += 1
            var vector = hifi_vector()
            switch current.task {
            case .decode(let blocks, let weights):
                vector.kind = HIFI_DECODE
                (vector.blocks, vector.bytes) = (keep(blocks), blocks.count)
                // All blocks of a case are one row, behind its header if the type has one.
                (vector.weights, vector.count, vector.columns) = (keep(weights), weights.count, weights.count)
            case .encode(.chunk, let values, let columns, let importance, let blocks):
                vector.kind = HIFI_ENCODE
                (vector.weights, vector.count, vector.columns) = (keep(values), values.count, columns)
                if let importance { vector.importances = keep(importance) }
                if let blocks {
                    (vector.blocks, vector.bytes) = (keep(blocks.bytes), blocks.bytes.count)
                    if !blocks.matters.isEmpty { vector.mask = keep(blocks.matters.map { $0 ? 0xFF : 0 }) }
                }
            default: continue
            }
            (vector.id, vector.type, vector.why) = (keep(current.id), keep(current.format), keep(current.why))
            vector.level =
                switch current.level {
                case .required: 0
                case .recommended: 1
                case .optional: 2
                }
            return vector
        }
        return nil
    }
}

/// Reads a folder of vectors: `hifi_vectors_open`, as `hifi.h` says.
@_cdecl("hifi_vectors_open")
public func openVectors(
    folder: UnsafePointer<CChar>?, _ vectors: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        guard let vectors else { throw .argument("vectors is NULL") }
        let folder = try text(folder, "folder")
        guard !folder.isEmpty else { throw .argument("folder is empty") }
        let store: VectorStore
        do { store = try VectorStore.load(folder) } catch { throw CallError(HIFI_UNREADABLE, "\(error)") }
        vectors.pointee = OpaquePointer(Unmanaged.passRetained(Walk(store)).toOpaque())
    }
}

/// The next case: `hifi_vectors_next`, as `hifi.h` says.
@_cdecl("hifi_vectors_next")
public func nextVector(_ vectors: OpaquePointer?, _ vector: UnsafeMutablePointer<hifi_vector>?) -> hifi_status {
    guard let vectors, let vector else { return Int32(HIFI_BAD_ARGUMENT) }
    let walk = Unmanaged<Walk>.fromOpaque(UnsafeRawPointer(vectors)).takeUnretainedValue()
    guard let found = walk.advance() else { return Int32(HIFI_END) }
    vector.pointee = found
    return Int32(HIFI_OK)
}

/// Ends with the cases: `hifi_vectors_close`, as `hifi.h` says.
@_cdecl("hifi_vectors_close")
public func closeVectors(_ vectors: OpaquePointer?) {
    guard let vectors else { return }
    Unmanaged<Walk>.fromOpaque(UnsafeRawPointer(vectors)).release()
}
