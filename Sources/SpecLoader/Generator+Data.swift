import HIFIBlockSpec

extension Generator {
    /// Everything but the block formats: dialects, routings, architectures, published figures, defects, rules.
    static var dataSections: [Section] {
        [
            Section(fileName: "Dialects.swift") { source in
                let formats = try source.formatIDs()
                let data = try source.dialects(formats: formats)
                try source.checkReferences(data, formats: formats)
                return [
                    constants(data.dialects, type: "Dialect", in: "Spec", name: "dialect"),
                    constants(data.readers, type: "Reader", in: "Spec", name: "reader"),
                    constants(data.disagreements, type: "NumberingDisagreement", in: "Spec", name: "numberingDisagreement"),
                ].joined(separator: "\n\n")
            },
            Section(fileName: "Mixes.swift") { source in
                constants(try source.mixes(formats: try source.formatIDs()), type: "Mix", in: "Spec", name: "mix")
            },
            Section(fileName: "Quantizer.swift") { source in
                [
                    constant(try source.quantizerRules(), type: "QuantizerRules", in: "Spec", name: "quantizerRuleTable"),
                    constants(try source.quantizerClauses(), type: "Clause", in: "Spec", name: "quantizerClause"),
                ].joined(separator: "\n\n")
            },
            Section(fileName: "Loader.swift") { source in
                constant(try source.loaderRules(), type: "LoaderRules", in: "Spec", name: "loaderRuleTable")
            },
            Section(fileName: "Tokenizers.swift") { source in
                constant(try source.tokenizerRules(), type: "TokenizerRules", in: "Spec", name: "tokenizerRuleTable")
            },
            Section(fileName: "Architectures.swift") { source in
                let architectures = try source.architectures()
                return [
                    constants(architectures, type: "Architecture", in: "Spec", name: "architecture"),
                    lookUp(architectures.map(\.id), type: "Architecture", in: "Spec", name: "architecture"),
                ].joined(separator: "\n\n")
            },
            Section(fileName: "PublishedTables.swift") { source in
                let formats = try source.formatIDs()
                let tables = try source.publishedTables(
                    formats: formats, dialects: try source.dialects(formats: formats), mixes: try source.mixes(formats: formats),
                    architectures: try source.architectures())
                return constants(tables, type: "PublishedTable", in: "Spec", name: "published")
            },
            Section(fileName: "Measurements.swift") { source in
                let formats = try source.formatIDs()
                let series = try source.measurements(
                    formats: formats, mixes: try source.mixes(formats: formats), architectures: try source.architectures())
                return constants(series, type: "MeasurementSeries", in: "Spec", name: "measurement")
            },
            Section(fileName: "Defects.swift") { source in
                constants(try source.defects(formats: try source.formatIDs()), type: "Defect", in: "Spec", name: "defect")
            },
            Section(fileName: "ContainerRules.swift") { source in
                constants(try source.containerRules(), type: "ContainerRule", in: "Spec", name: "containerRule")
            },
            Section(fileName: "Rules.swift") { source in try source.ruleBook().source },
        ]
    }
}

extension SpecSource {
    /// Dialects name mixes and defects, which live in other files.
    func checkReferences(_ data: DialectData, formats: Set<String>) throws {
        let checks = SpecChecks(file: "dialects.yaml")
        let mixes = Set(try mixes(formats: formats).map(\.id))
        let defects = Set(try defects(formats: formats).map(\.id))
        for dialect in data.dialects {
            for mix in dialect.ownFileTypes.compactMap(\.mix) where !mixes.contains(mix) {
                throw checks.fail("dialect \(dialect.id): unknown mix '\(mix)'")
            }
        }
        for reader in data.readers {
            for fault in reader.faults where !defects.contains(fault.defect) {
                throw checks.fail("reader \(reader.id): unknown defect '\(fault.defect)'")
            }
        }
    }
}
