import BlockSpec
import GGUF
import Kernels
import Reference

/// Rows of a source as fp32: the small floats here, blocks by the kernels.
struct SourceDecoder: Sendable {
    let backend: CPUBackend
    let pool: ThreadPool

    init(backend: CPUBackend, threads: Int) {
        self.backend = backend
        pool = ThreadPool(threads: threads)
    }

    /// Weights that one task widens.
    private static let piece = 1 << 16

    /// fp16 by its bits. A table read from the caches is faster than the conversion that baseline processors need.
    private static let halves: [Float] = (0...UInt16.max).map { SmallFloats.float(half: $0) }

    /// Fills `output` with the weights of `bytes`, which must be exactly theirs.
    func decode(_ format: BlockFormat, _ bytes: ByteView, into output: UnsafeMutableBufferPointer<Float>) throws(KernelError) {
        switch format.id {
        case "f32":
            precondition(bytes.count == 4 * output.count, "four bytes for each weight")
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(output).copyMemory(from: $0) }
        case "f16": widen(bytes, output) { source, index, table in table[Int(load(source, index))] }
        case "bf16": widen(bytes, output) { source, index, _ in Float(bitPattern: UInt32(load(source, index)) << 16) }
        default:
            try bytes.withUnsafeBytes { bytes throws(KernelError) in try backend.decode(format, bytes, into: output) }
        }
    }

    /// Calls `value` for each weight of two bytes, pieces shared out to the threads.
    @inline(__always)
    private func widen(
        _ bytes: ByteView, _ output: UnsafeMutableBufferPointer<Float>,
        _ value: @Sendable (UnsafeRawBufferPointer, Int, UnsafeBufferPointer<Float>) -> Float
    ) {
        precondition(bytes.count == 2 * output.count, "two bytes for each weight")
        Self.halves.withUnsafeBufferPointer { table in
            bytes.withUnsafeBytes { bytes in
                // Safety: tasks write to ranges that do not overlap, and end before the pointers do.
                nonisolated(unsafe) let (source, target, table) = (bytes, output, table)
                pool.run((output.count + Self.piece - 1) / Self.piece) { index in
                    for place in index * Self.piece..<min((index + 1) * Self.piece, target.count) {
                        target[place] = value(source, place, table)
                    }
                }
            }
        }
    }
}

/// Little-endian unit `index` of two bytes at any address.
@inline(__always)
private func load(_ source: UnsafeRawBufferPointer, _ index: Int) -> UInt16 {
    UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
}
