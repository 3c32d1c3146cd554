import Archive
import Decoding
import Foundation
import Storage
import Village

/// The run of one patrol: each flight that is new is compared with the one before, pair by pair.
///
/// A pair is stored as soon as it is compared, so a run that is killed goes on at the next one.
struct PatrolRun: Sendable {
    let run: SiteRun
    let patrol: Patrol

    /// What lies in the folder of a flight.
    struct Flight: Sendable {
        var name: String
        /// Bytes by name, relative to the flight's folder.
        var files: [String: Int]
        /// When the newest of them was changed.
        var modified: Date
    }

    /// The flights by name; `nil` where the folder is not there.
    static func flights(of patrol: Patrol) -> [Flight]? {
        let files = FileManager.default
        guard let names = try? files.contentsOfDirectory(atPath: patrol.folder) else { return nil }
        return names.filter { !$0.hasPrefix(".") }.sorted().compactMap { name in
            let folder = patrol.folder + "/" + name
            var isFolder: ObjCBool = false
            guard files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else { return nil }
            var flight = Flight(name: name, files: [:], modified: .distantPast)
            for file in PatrolFlight.names(in: folder) {
                guard let attributes = try? files.attributesOfItem(atPath: folder + "/" + file) else { continue }
                flight.files[file] = attributes[.size] as? Int ?? 0
                flight.modified = max(flight.modified, attributes[.modificationDate] as? Date ?? .distantPast)
            }
            return flight.files.isEmpty ? nil : flight
        }
    }

    func run(
        into summary: inout RunSummary, isCancelled: @Sendable () -> Bool, events: @Sendable (RunEvent) -> Void
    ) async throws {
        guard let flights = PatrolRun.flights(of: patrol) else {
            events(.notice(camera: nil, message: "patrol \(patrol.id): there is no folder \(patrol.folder)"))
            return
        }
        var stored = try run.store.flights(patrol: patrol.id)
        for (before, after) in zip(flights, flights.dropFirst()) {
            if isCancelled() {
                summary.wasInterrupted = true
                return
            }
            // The last comparison of this flight, unless files came to it since: what the archive forgets stays told.
            if let last = stored.last(where: { $0.match.after == after.name }),
                after.files.allSatisfy({ last.match.files[$0.key] == $0.value })
            {
                try await compare(last, into: &summary, isCancelled: isCancelled, events: events)
                if summary.wasInterrupted { return }
                continue
            }
            guard let match = match(before, after, into: &summary, events: events) else { continue }
            let flight = StoredFlight(id: try run.store.begin(match), match: match)
            stored.append(flight)
            try await compare(flight, into: &summary, isCancelled: isCancelled, events: events)
            if summary.wasInterrupted { return }
        }
    }

    /// `nil` where a flight cannot be compared now, which is told.
    private func match(
        _ before: Flight, _ after: Flight, into summary: inout RunSummary, events: @Sendable (RunEvent) -> Void
    ) -> FlightMatch? {
        func tell(_ text: String) { events(.notice(camera: nil, message: "patrol \(patrol.id): \(text)")) }
        if isStillWritten(after) {
            tell("flight \(after.name) is left for the next run: it is still being written")
            summary.postponed += 1
            return nil
        }
        do {
            let flights = [before, after].map { patrol.folder + "/" + $0.name }
            let read = [try PatrolFlight(folder: flights[0]), try PatrolFlight(folder: flights[1])]
            for file in read.flatMap(\.unusable) {
                tell("\(file.path): \(file.reason)")
                summary.unreadable += 1
            }
            return FlightMatch(
                PatrolMatch(before: read[0], after: read[1], within: patrol.within), patrol: patrol.id,
                before: before.name, after: after.name, files: after.files)
        } catch {
            tell("\(error.subject): \(error.message)")
            summary.unreadable += 1
            return nil
        }
    }

    /// Whether a picture of the flight breaks off and was written to just now.
    private func isStillWritten(_ flight: Flight) -> Bool {
        let rule = HalfWrittenRule()
        guard abs(run.now.timeIntervalSince(flight.modified)) < rule.patience else { return false }
        return flight.files.keys.sorted().contains { name in
            let path = patrol.folder + "/" + flight.name + "/" + name
            guard PictureFile.isPlain(path), let data = FileManager.default.contents(atPath: path) else {
                return false
            }
            let ending = FileEnding(of: [UInt8](data))
            return rule.verdict(ending: ending, modified: flight.modified, now: run.now) == .wait
        }
    }

    /// Compares the pairs that were not compared yet.
    private func compare(
        _ flight: StoredFlight, into summary: inout RunSummary, isCancelled: @Sendable () -> Bool,
        events: @Sendable (RunEvent) -> Void
    ) async throws {
        let done = try run.store.changes(of: flight.id)
        let open = flight.match.pairs.indices.filter { flight.match.pairs[$0].after != nil && done[$0] == nil }
        let match = flight.match, folder = patrol.folder, models = run.models.folder, kernels = run.kernels
        var isInterrupted = false
        let work: @Sendable (Int) -> Result<PictureChange, any Error> = { number in
            let pair = match.pairs[number]
            do {
                let comparison = try PairComparison(
                    before: "\(folder)/\(match.before)/\(pair.before)",
                    after: "\(folder)/\(match.after)/\(pair.after ?? "")", inside: nil, models: models,
                    kernels: kernels)
                return .success(PictureChange(comparison.change))
            } catch let failure as InspectionFailure {
                return .success(PictureChange(failure: failure))
            } catch {
                return .failure(error)
            }
        }
        try await OrderedWork(jobs: run.options.jobs)(open, work) { number, result in
            let change = try result.get()
            try run.store.add(change, number: number, of: flight.id)
            summary.patrolPairs += 1
            if change.samePlace == nil, let reason = change.reason {
                let path = "\(match.before)/\(match.pairs[number].before)"
                events(.notice(camera: nil, message: "patrol \(match.patrol): \(path): \(reason)"))
            }
            isInterrupted = isCancelled()
            return isInterrupted ? .stop : .goOn
        }
        if isInterrupted { summary.wasInterrupted = true }
    }
}
