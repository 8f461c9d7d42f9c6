/// Formats that activations are rounded through where a product has no kernel for quantized ones.
package enum RoundingForm: String, Sendable, CaseIterable {
    case q8_0, q8_k

    /// Numbers of a block.
    package var elements: Int { self == .q8_0 ? 32 : 256 }
}

/// Steps that work on single numbers. Nothing here waits; every result has the bits of the C function that is named.
extension CUDABackend {
    /// `add`: `x[i] += y[i]`.
    package func add(_ x: DeviceArray<Float>, _ y: DeviceArray<Float>, count: Int) throws(CUDAError) {
        precondition(count <= x.count && count <= y.count, "more numbers than the arrays have")
        try elements("hifi_add", [x.argument, y.argument], count)
    }

    /// `swiglu`: `target[i] = gate[i] / (1 + exp(-gate[i])) * up[i]`. The target may be either input.
    package func swiglu(
        _ gate: DeviceArray<Float>, _ up: DeviceArray<Float>, into target: DeviceArray<Float>, count: Int
    ) throws(CUDAError) {
        precondition(count <= gate.count && count <= up.count && count <= target.count, "more numbers than the arrays have")
        try elements("hifi_swiglu", [gate.argument, up.argument, target.argument], count)
    }

    /// `through_q8_0` or `through_q8_k`: numbers as blocks of that format keep them. The target may be `x`.
    ///
    /// - Parameter count: of whole blocks.
    package func roundThrough(
        _ form: RoundingForm, _ x: DeviceArray<Float>, into target: DeviceArray<Float>, count: Int
    ) throws(CUDAError) {
        precondition(
            count >= 0 && count % form.elements == 0 && count <= x.count && count <= target.count, "whole blocks within the arrays")
        let blocks = count / form.elements
        guard blocks > 0 else { return }
        try module.launch(
            "hifi_through_\(form.rawValue)", grid: ((blocks + 7) / 8, 1), threads: 256,
            [x.argument, target.argument, .uint64(UInt64(blocks))])
    }

    /// Finds the first row that `all_finite` would refuse: `flag[0]` becomes its number if that is less than what is there.
    package func findBroken(_ x: DeviceArray<Float>, width: Int, rows: Int, flag: DeviceArray<Int32>) throws(CUDAError) {
        let count = room(rows, width)
        precondition(width > 0 && rows <= Int(Int32.max) && count <= x.count && flag.count > 0, "rows outside the array")
        guard count > 0 else { return }
        try module.launch(
            "hifi_broken", grid: ((count + 1023) / 1024, 1), threads: 256,
            [x.argument, checked(width), .uint64(UInt64(count)), flag.argument])
    }

    /// Four numbers to a thread.
    private func elements(_ kernel: String, _ arrays: [KernelArgument], _ count: Int) throws(CUDAError) {
        precondition(count >= 0 && count <= Int(Int32.max) * 1024, "a size outside the kernels' range")
        guard count > 0 else { return }
        try module.launch(kernel, grid: ((count + 1023) / 1024, 1), threads: 256, arrays + [.uint64(UInt64(count))])
    }
}
