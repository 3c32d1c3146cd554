import Foundation
import Series
import Storage
import Village

/// A plot's readings in the file forms of PhenoCam.
public struct PhenoCamExport {
    public enum Form: Sendable { case roistats, oneDay, threeDays, transitions }

    /// How PhenoCam would name the plot.
    public struct Name: Sendable, Equatable {
        public var site: String
        public var vegetationType: String
        public var roiID: Int
    }

    public let name: Name
    public let rows: [RoistatsRow]
    private let location: Location?
    private let utcOffset: Double
    private let now: Date

    /// Pictures darker or brighter than this (mean of R + G + B inside the border) have a row of `NA`; vegindex,
    /// roitimeseries.py.
    static let measurableBrightness = 30.0...725.0

    public init(site: Site, plot: Plot, store: Store, clock: SiteClock, now: Date) throws(StoreError) {
        name = PhenoCamExport.name(of: plot, in: site)
        location = site.location
        let offset = clock.standardOffsetInHours(at: now)
        utcOffset = offset
        self.now = now
        var captures: [[UInt8]: Capture] = [:]
        try store.forEachCapture(Selection(camera: plot.camera)) { captures[Array($0.path.utf8)] = $0 }
        var rows: [RoistatsRow] = []
        try store.forEachReading(Selection(plot: plot.id)) { reading in
            guard let capture = captures[Array(reading.capture.utf8)] else { return }
            let isMeasurable =
                capture.measures[PhenoCamBrightness.name].map { PhenoCamExport.measurableBrightness.contains($0) }
                ?? true
            rows.append(
                RoistatsRow(
                    RoistatsInput(
                        at: reading.at,
                        fileName: reading.capture.split(separator: "/").last.map(String.init) ?? reading.capture,
                        solarElevation: capture.solarElevation, exposure: capture.exposure,
                        awbFlag: capture.automaticWhiteBalance,
                        statistics: isMeasurable ? reading.statistics : nil),
                    utcOffset: offset))
        }
        self.rows = rows
    }

    /// From a PhenoCam mask's name where the plot has one; else the camera, `AG` for what is grown, and the plot's
    /// number.
    static func name(of plot: Plot, in site: Site) -> Name {
        if case .mask(let path) = plot.shape {
            let file = (path as NSString).lastPathComponent
            let parts = (file as NSString).deletingPathExtension.split(separator: "_")
            if parts.count >= 4, let id = Int(parts[parts.count - 2]), Int(parts[parts.count - 1]) != nil,
                RegionList.vegetationTypes.contains(String(parts[parts.count - 3]))
            {
                return Name(
                    site: parts.dropLast(3).joined(separator: "_"), vegetationType: String(parts[parts.count - 3]),
                    roiID: id)
            }
        }
        let number = (site.plots(of: plot.camera).firstIndex { $0.id == plot.id } ?? 0) + 1
        let isGrown = plot.kind == .orchard || plot.kind == .field
        return Name(site: plot.camera, vegetationType: isGrown ? "AG" : "XX", roiID: 1000 + number)
    }

    public func file(_ form: Form) -> (name: String, text: String) {
        switch form {
        case .roistats:
            (
                RoistatsFile.name(site: name.site, vegetationType: name.vegetationType, roiID: name.roiID),
                RoistatsFile.text(
                    site: name.site, vegetationType: name.vegetationType, roiID: name.roiID, location: location,
                    utcOffset: utcOffset,
                    rows: rows, created: now, updated: now)
            )
        case .oneDay: summary(.oneDay)
        case .threeDays: summary(.threeDays)
        case .transitions: transitions
        }
    }

    /// From the 3-day summary; from the 1-day summary where pictures are so rare that most 3-day rows would be empty.
    private var transitions: (name: String, text: String) {
        let coarse = SummaryProduct.rows(from: rows, .threeDays)
        let isRare = coarse.count { $0.imageCount == 0 } * 2 > coarse.count
        let days = isRare ? 1 : 3
        let chosen = isRare ? SummaryProduct.rows(from: rows, .oneDay) : coarse
        return (
            TransitionDatesFile.name(
                site: name.site, vegetationType: name.vegetationType, roiID: name.roiID, days: days),
            TransitionDatesFile.text(
                site: name.site, vegetationType: name.vegetationType, roiID: name.roiID, days: days,
                seasons: TransitionDatesFile.seasons(of: chosen, days: days), utcOffset: utcOffset, updated: now)
        )
    }

    private func summary(_ settings: SummarySettings) -> (name: String, text: String) {
        (
            SummaryFile.name(
                site: name.site, vegetationType: name.vegetationType, roiID: name.roiID, days: settings.days),
            SummaryFile.text(
                site: name.site, vegetationType: name.vegetationType, roiID: name.roiID, location: location,
                utcOffset: utcOffset,
                settings: settings, rows: SummaryProduct.rows(from: rows, settings), created: now, updated: now)
        )
    }
}
