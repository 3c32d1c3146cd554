import Testing

@testable import ConfigurationFiles

private let text = """
    # thresholds
    dark: 0.08
    fog:
      contrast: {value: 0.12, unit: share, range: [0, 1], source: "measured", meaning: "…"}
      blocks: 16
    """

private func read(_ text: String, known: [String]? = nil) throws -> Parameters {
    try ParameterFile.parameters(in: Document(text: text, file: "health.yaml"), known: known)
}

@Test func parametersHaveNamesWithDots() throws {
    let parameters = try read(text, known: ["dark", "fog.contrast", "fog.blocks"])
    #expect(parameters.names == ["dark", "fog.blocks", "fog.contrast"])
    #expect(try parameters.number("dark") == 0.08)
    #expect(try parameters.number("fog.contrast", in: 0...1) == 0.12)
    #expect(try parameters.integer("fog.blocks", in: 1...64) == 16)
    #expect(parameters.entries["fog.contrast"]?.unit == "share")
}

@Test func aMissingOrExcessiveParameterIsNamed() throws {
    let parameters = try read(text)
    let missing = #expect(throws: ConfigurationError.self) { _ = try parameters.number("fog.contrat") }
    #expect(
        missing?.description
            == "health.yaml:1: the parameter \"fog.contrat\" is missing – add \"fog.contrat\", perhaps instead of \"fog.contrast\""
    )
    let large = #expect(throws: ConfigurationError.self) { _ = try parameters.number("dark", in: 0.1...1) }
    #expect(large?.faults.first?.line == 2)
    #expect(throws: ConfigurationError.self) { _ = try parameters.integer("dark") }
}

@Test func allFaultsOfAParameterFileAreTold() throws {
    let wrong = """
        dark: dim
        fog:
          contrast: {value: 1.5, range: [0, 1]}
          blocks: {value: 3, range: [4, 1]}
          list: [1, 2]
          value_typo: {value: 1, units: px}
        extra: 1
        dark: 2
        """
    let error = #expect(throws: ConfigurationError.self) { _ = try read(wrong, known: ["dark", "fog.contrast"]) }
    let faults = try #require(error).faults
    #expect(Set(faults.map(\.line)) == [1, 3, 4, 5, 6, 7, 8], "\(faults)")
}

@Test func anEmptyParameterFileHasNone() throws {
    #expect(try read("").names.isEmpty)
    #expect(try read("# nothing\n").names.isEmpty)
}
