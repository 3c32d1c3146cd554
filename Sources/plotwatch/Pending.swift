import ArgumentParser
struct CompositeCommand: ParsableCommand { static let configuration = CommandConfiguration(commandName: "composite") }
