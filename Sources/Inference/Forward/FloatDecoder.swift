import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIKernels
import HIFIReference

/// Decodes rows of any format: by kernels where there are some, else by the reference; bit for bit the same.
package struct FloatDecoder: Sendable {
    private enum Way: Sendable {
        case kernels(CPUBackend)
        case reference(ReferenceDecoder)
    }

    private let format: BlockFormat
    private let way: Way

    /// - Parameter kernels: one-threaded, since rows are decoded within tasks; nil decodes by the reference alone.
    /// - Returns: nil for a format that is known by its size only.
    package init?(_ format: BlockFormat, kernels: CPUBackend? = nil) {
        self.format = format
        guard let reference = try? ReferenceDecoder(format) else { return nil }
        if let kernels, kernels.decodesNatively(format) { way = .kernels(kernels) } else { way = .reference(reference) }
    }

    /// Decodes whole blocks. Sizes must belong together: the loader has checked them.
    package func decode(_ blocks: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>) {
        precondition(blocks.count == output.count / format.elements * format.bytes, "rows and room for them belong together")
        switch way {
        // The only errors are sizes that do not belong together.
        case .kernels(let kernels): try? kernels.decode(format, blocks, into: output)
        case .reference(let reference): try? reference.decode(blocks, into: output)
        }
    }

    func decode(_ bytes: ByteView, count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            bytes.withUnsafeBytes { decode($0, into: UnsafeMutableBufferPointer(rebasing: buffer[0..<count])) }
            initialized = count
        }
    }
}
