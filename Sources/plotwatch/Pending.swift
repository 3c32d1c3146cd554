import ArgumentParser
struct CompareCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "compare") }
struct CompositeCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "composite") }
