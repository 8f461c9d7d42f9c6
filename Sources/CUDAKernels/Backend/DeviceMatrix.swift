import HIFIBlockSpec

/// How a matrix lies in device memory.
public enum MatrixLayout: String, Sendable, CaseIterable {
    /// As in the file: no work at load, slower to multiply.
    case rows
    /// Tiles of eight rows by 256 weights, made once at load.
    case tiles
}

/// A quantized matrix that stays on a device: uploaded once, multiplied many times.
public final class DeviceMatrix: Sendable {
    /// Rows, each a dot product.
    public let rows: Int
    /// Weights in a row, a multiple of 256.
    public let columns: Int
    /// How it lies in memory.
    public let layout: MatrixLayout
    let format: CUDAFormat
    let buffer: DeviceBuffer

    init(rows: Int, columns: Int, layout: MatrixLayout, format: CUDAFormat, buffer: DeviceBuffer) {
        self.rows = rows
        self.columns = columns
        self.layout = layout
        self.format = format
        self.buffer = buffer
    }

    /// Bytes of device memory.
    public var bytes: Int { buffer.bytes }
    /// Super-blocks of 256 weights in a row.
    var supers: Int { columns / 256 }
    /// Groups of eight rows.
    var groups: Int { (rows + 7) / 8 }
}
