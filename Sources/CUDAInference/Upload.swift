import CUDAKernels

extension DeviceArray {
    /// Copies numbers to the start of the array, and waits for the work before.
    func upload(_ values: [Element]) throws(CUDAError) {
        let result: Result<Void, CUDAError> = values.withUnsafeBufferPointer { source in
            Result { () throws(CUDAError) in try upload(source) }
        }
        try result.get()
    }
}
