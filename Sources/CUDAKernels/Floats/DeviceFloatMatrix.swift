/// A matrix of floats that stays on the device.
package struct DeviceFloatMatrix: Sendable {
    /// How a number is kept.
    package enum Element: String, Sendable, CaseIterable {
        case f32, f16, bf16

        /// Bytes of a number.
        package var bytes: Int { self == .f32 ? 4 : 2 }
    }

    package let element: Element
    /// Rows, each a dot product.
    package let rows: Int
    /// Numbers in a row.
    package let columns: Int
    let buffer: DeviceBuffer
    let offset: Int

    /// Copies a matrix to the device.
    ///
    /// - Parameters:
    ///   - bytes: rows of `columns` numbers, one after another, little-endian; whole rows.
    ///   - columns: positive.
    /// - Throws: `outOfMemory`, `failed`.
    package init(
        _ backend: CUDABackend, bytes: UnsafeRawBufferPointer, element: Element, columns: Int
    ) throws(CUDAError) {
        let rowBytes = room(columns, element.bytes)
        precondition(columns > 0 && bytes.count > 0 && bytes.count % rowBytes == 0, "rows and their length belong together")
        (self.element, rows, self.columns) = (element, bytes.count / rowBytes, columns)
        (buffer, offset) = (try DeviceBuffer(backend.device, bytes), 0)
    }

    /// fp32 that is on the device already: rows decoded a moment before.
    package init(_ values: DeviceArray<Float>, rows: Int, columns: Int) {
        precondition(columns > 0 && room(rows, columns) <= values.count, "more numbers than the array has")
        (element, self.rows, self.columns, buffer, offset) = (.f32, rows, columns, values.buffer, values.offset)
    }

    /// Bytes of the numbers.
    package var bytes: Int { rows * columns * element.bytes }
}
