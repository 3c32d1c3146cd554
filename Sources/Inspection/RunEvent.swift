import Foundation
import Village

/// What a run tells while it works.
public enum RunEvent: Sendable {
    case cameraStarted(camera: String, newCaptures: Int)
    /// One capture is stored.
    case captureDone(camera: String, path: String, quality: Quality, reason: String?)
    case cameraDone(camera: String)
    /// Something to know that stops nothing: a file left for the next run, a folder that cannot be read.
    case notice(camera: String?, message: String)
}

/// What a run did.
public struct RunSummary: Sendable, Equatable {
    /// Files that match the cameras' patterns, known ones too.
    public var found = 0
    /// Captures stored by this run.
    public var captures = 0
    /// Of them, those that could not be read or decoded; and files and folders that a failing disk kept from being read.
    public var unreadable = 0
    /// Of them, those that could be read but not measured, by quality.
    public var byQuality: [Quality: Int] = [:]
    /// Files left for the next run: still being written, or they vanished.
    public var postponed = 0
    /// Readings stored by this run.
    public var readings = 0
    /// Flags that were not there before the run, of any status.
    public var newFlags = 0
    /// Flags after the run that call for action: unauthorized works and warnings that still stand.
    public var openFlags = 0
    public var advice = 0
    /// Pairs of pictures of two flights that this run compared.
    public var patrolPairs = 0
    /// Pairs of the drop folder that this run judged, and those of them for which points are proposed.
    public var cleanupPairs = 0
    public var proposals = 0
    /// Whether the run was asked to stop before it was done.
    public var wasInterrupted = false

    public init() {}

    /// Adds what some more captures gave.
    mutating func add(_ other: RunSummary) {
        captures += other.captures
        unreadable += other.unreadable
        byQuality.merge(other.byQuality, uniquingKeysWith: +)
        postponed += other.postponed
        readings += other.readings
    }
}
