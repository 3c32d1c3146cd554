import Reporting
import Village

/// What the pages show besides flags and decisions. The command provides it: it alone knows archive, decoder and models.
///
/// Every method may be called from several threads at once.
public protocol SiteViews: Sendable {
    /// The site as its file states it now.
    func site() throws -> Site
    /// One plot over everything that is stored.
    func summary(of plot: Plot, flags: [Flag], advice: [Advice]) throws -> PlotSummary
    /// A plot's outline in metres of the village's level frame, x to the right, y up; `nil` where its camera has no
    /// ground points or it is not drawn as an outline.
    func ground(of plot: Plot) throws -> Outline?
    /// A capture's picture, without position and other metadata; no wider than `width` where one is given.
    ///
    /// - Returns: `nil` where the archive no longer has it or it cannot be decoded.
    func picture(of capture: Capture, width: Int?) throws -> Picture?
    /// The picture that a camera's polygons are drawn on; `nil` before its first run.
    func reference(of camera: String) throws -> Picture?
    /// A picture that was kept with a flag, in the frame of the reference; `nil` where there is none.
    func evidence(_ part: EvidencePicture, of flag: Flag) throws -> Picture?
    /// Archive paths of the captures behind a flag's pictures.
    func originals(of flag: Flag) throws -> (before: String?, after: String?)
}

/// The pictures kept with a flag.
public enum EvidencePicture: String, Sendable, CaseIterable {
    case before, after
    /// 8-bit grey, 255 = changed.
    case mask
}
