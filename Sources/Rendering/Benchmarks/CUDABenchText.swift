import CUDAKernels
import Console
import Pages

/// Measurements of a device for people.
package enum CUDABenchText {
    package static func lines(_ report: CUDABenchReport) -> [String] {
        var table = TextTable([
            ("operation", .left), ("type", .left), ("rows", .right), ("weights", .right), ("columns", .right), ("µs", .right),
            ("GB/s", .right), ("of a copy", .right), ("Tops/s", .right), ("", .left),
        ])
        for result in report.results {
            let measured = result.measured
            table.add(
                measured.operation.rawValue, measured.format, "\(measured.rows)", "\(measured.columns)", "\(measured.activationRows)",
                (result.median / 1000).rounded(toPlaces: 2), result.gigabytesPerSecond.rounded(toPlaces: 1),
                "\((100 * result.shareOfCopyBandwidth).rounded(toPlaces: 0)) %",
                result.teraoperationsPerSecond?.rounded(toPlaces: 2) ?? "", result.exceedsCache ? "" : "from the cache")
        }
        let copy = report.copyBandwidth.rounded(toPlaces: 1)
        return [
            "\(report.device), capability \(report.capability), \(report.processors) processors, driver of CUDA "
                + "\(report.driver / 1000).\(report.driver % 1000 / 10); a copy within the device reads and writes \(copy) GB/s", "",
        ] + table.lines()
    }
}
