import Foundation
import Village

/// What one run did.
public struct RunSummary: Sendable, Equatable {
    public var site: String
    public var startedAt: Date
    public var finishedAt: Date
    public var toolVersion: String
    public var kernels: String
    public var camerasVisited: Int
    /// Files that match a camera's pattern.
    public var capturesFound: Int
    /// Of these, not seen by an earlier run.
    public var capturesNew: Int
    /// New captures by quality.
    public var quality: [Quality: Int]
    public var readings: Int
    public var flagsRaised: Int
    public var flagsOpen: Int
    public var advice: Int
    public var interrupted: Bool
    public var failures: [Failure]
    /// Pairs of pictures of two flights that were compared.
    public var patrolPairs = 0
    /// Pairs of photographs of the drop folder that were judged, and those for which points are proposed.
    public var cleanupPairs = 0
    public var proposals = 0

    public init(
        site: String, startedAt: Date, finishedAt: Date, toolVersion: String, kernels: String, camerasVisited: Int,
        capturesFound: Int,
        capturesNew: Int, quality: [Quality: Int], readings: Int, flagsRaised: Int, flagsOpen: Int, advice: Int,
        interrupted: Bool = false, failures: [Failure] = []
    ) {
        self.site = site
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.toolVersion = toolVersion
        self.kernels = kernels
        self.camerasVisited = camerasVisited
        self.capturesFound = capturesFound
        self.capturesNew = capturesNew
        self.quality = quality
        self.readings = readings
        self.flagsRaised = flagsRaised
        self.flagsOpen = flagsOpen
        self.advice = advice
        self.interrupted = interrupted
        self.failures = failures
    }

    public var unusable: Int { quality.reduce(0) { $0 + ($1.key == .ok ? 0 : $1.value) } }

    /// A capture that could not be worked on.
    public struct Failure: Sendable, Equatable {
        public var path: String
        public var quality: Quality
        /// In English, as the store keeps it.
        public var message: String

        public init(path: String, quality: Quality, message: String) {
            self.path = path
            self.quality = quality
            self.message = message
        }
    }
}
