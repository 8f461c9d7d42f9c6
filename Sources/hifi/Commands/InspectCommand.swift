import ArgumentParser
import GGUF
import Verification

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a GGUF file contains: keys, tensors, types, sizes.",
        discussion: """
            Sizes and bits per weight are those that loaders print: the bytes of all tensors, without header and padding. \
            Nothing is judged here; see `hifi verify`. Of a split model one part is shown; what its types mean and which model it is \
            follows from all parts, if they are there.

            EXAMPLES
              hifi inspect model.gguf
              hifi inspect model.gguf --tensors --keys
              hifi inspect model.gguf --format json
            """)

    @Argument(help: "A GGUF file.") var file: String
    @Flag(help: "List the tensors.") var tensors = false
    @Flag(help: "List the metadata keys with their values.") var keys = false
    @Option(help: "text or json (json always has everything).") var format = ResultFormat.text

    func run() throws {
        let file = try GGUFInput.open(file)
        let inspection: Inspection
        if SplitName(path: file.path.raw) != nil, let model = try? SplitSet.open(path: file.path.raw),
            let index = model.parts.firstIndex(where: { $0.file.path == file.path })
        {
            inspection = Inspection(file, identification: Identification.identify(model)[index], model: model.metadata)
        } else {
            inspection = Inspection(file, identification: Identification.identify(file.scan))
        }
        try GGUFInput.checkUnchanged(file)
        switch format {
        case .json: Standard.print(try JSONText.render(inspection))
        case .text: Standard.print(InspectionText(inspection, tensors: tensors, keys: keys).lines.joined(separator: "\n"))
        }
    }
}
