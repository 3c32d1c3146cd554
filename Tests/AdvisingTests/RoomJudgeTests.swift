import Advising
import Foundation
import Testing
import Village

@Suite struct RoomJudgeTests {
    static let start = Date(timeIntervalSince1970: 1_717_200_000)

    private func plot(_ settings: RoomSettings = RoomSettings()) -> Plot {
        Plot(
            id: "r1", camera: "cam", kind: .room, crop: nil, household: "h01",
            shape: .polygon([SIMD2(0, 0), SIMD2(100, 0), SIMD2(100, 80)]), valid: DayRange(), room: settings)
    }

    private func judge(_ plot: Plot) throws -> RoomJudge {
        let site = Site(
            id: "s", name: "s", language: .zh, timeZone: "Asia/Shanghai", location: nil, folder: "/", archive: "/",
            store: "/s", cameras: [], plots: [plot], permits: [], households: [])
        return RoomJudge(
            site: site, clock: try #require(SiteClock(timeZone: "Asia/Shanghai")), silentHours: 6, cameraHours: 16)
    }

    /// A capture every so many hours; somebody is there in those that `active` names.
    private func moments(hours: Double, every step: Double = 1, active: (Double) -> Bool) -> [RoomJudge.Moment] {
        stride(from: 0, through: hours, by: step).map { hour in
            RoomJudge.Moment(at: at(hour), quality: .ok, activity: active(hour) ? 0.05 : 0, stillHours: 0)
        }
    }

    private func at(_ hour: Double) -> Date { Self.start.addingTimeInterval(hour * 3600) }

    private func flags(
        _ plot: Plot, _ moments: [RoomJudge.Moment], signs: [Date] = [], asOf: Date? = nil
    ) throws -> [Flag] {
        try judge(plot).flags(of: plot, moments: moments, signs: signs, asOf: asOf ?? moments.last?.at ?? Self.start)
    }

    @Test(arguments: [6.0, 12, 24, 36], [0.25, 1, 3])
    func comesAtTheHour(limit: Double, step: Double) throws {
        let flags = try flags(
            plot(RoomSettings(noActivityHours: limit)), moments(hours: 60, every: step) { $0 <= 9 })
        #expect(flags.count == 1)
        let flag = try #require(flags.first)
        #expect(flag.kind == .activity && flag.stage == .unknown && flag.callsForAction)
        let late = flag.confirmedAt.timeIntervalSince(at(9)) / 3600 - limit
        #expect(late >= 0 && late <= step)
        #expect(flag.evidence == Flag.Evidence(before: nil, after: nil, mask: nil))
    }

    @Test func neverWhileSomebodyIsThere() throws {
        #expect(try flags(plot(), moments(hours: 200) { _ in true }).isEmpty)
    }

    @Test func whoHasNotMovedForADayIsWarnedOf() throws {
        let moments = moments(hours: 40) { _ in true }.map { moment in
            var moment = moment
            moment.stillHours = max(0, moment.at.timeIntervalSince(at(10)) / 3600)
            return moment
        }
        #expect(try flags(plot(), moments).first?.confirmedAt == at(34))
    }

    @Test func endsWithTheNextActivity() throws {
        let flags = try flags(plot(), moments(hours: 60) { $0 <= 3 || $0 >= 40 })
        #expect(flags.count == 1)
        #expect(flags.first?.stage == .removed && flags.first?.callsForAction == false)
    }

    @Test func otherSignsSilenceIt() throws {
        let quiet = moments(hours: 40) { $0 <= 3 }
        #expect(try flags(plot(), quiet, signs: [at(20)]).isEmpty)
        #expect(try flags(plot(), quiet, signs: [at(-40), at(-1)]).count == 1)
    }

    @Test func nobodyIsMissedWhileAway() throws {
        let away = RoomSettings(away: [DayRange(from: Day("2024-06-02"), until: Day("2024-06-05"))])
        #expect(try flags(plot(away), moments(hours: 100) { $0 <= 3 }).isEmpty)
        // Home again, and then nothing.
        let flags = try flags(plot(away), moments(hours: 160) { $0 <= 3 })
        #expect(flags.count == 1)
        #expect(flags.first.map { $0.confirmedAt > at(111) } == true)
    }

    @Test func aDeadCameraIsNotAQuietRoom() throws {
        let before = moments(hours: 10) { _ in true }
        let after = moments(hours: 10) { _ in false }.map { moment in
            var moment = moment
            moment.at += 60 * 3600
            return moment
        }
        let flags = try flags(plot(), before + after)
        #expect(flags.map(\.kind) == [.camera])
        #expect(flags.first?.stage == .removed)
        // Dead until now.
        let dead = try self.flags(plot(), before, asOf: at(40))
        #expect(dead.map(\.kind) == [.camera])
        #expect(dead.first?.callsForAction == true)
        #expect(try self.flags(plot(), before, asOf: at(20)).isEmpty)
    }

    @Test func aCoveredLensIsACameraWarning() throws {
        let covered = moments(hours: 40) { _ in false }.map { moment in
            moment.at < at(5)
                ? RoomJudge.Moment(at: moment.at, quality: .ok, activity: 0.1, stillHours: 0)
                : RoomJudge.Moment(at: moment.at, quality: .obstructed, activity: nil, stillHours: 0)
        }
        let flags = try flags(plot(), covered)
        #expect(flags.map(\.kind) == [.camera])
        #expect(flags.first?.explanation.en.contains("before the lens") == true)
    }
}
