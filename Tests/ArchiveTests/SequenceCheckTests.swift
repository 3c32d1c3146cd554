import Foundation
import Testing

@testable import Archive

private func item(
    _ number: Int, at seconds: Double? = nil, sha: String? = nil, pixels: String? = nil, sequence: Int? = nil
) -> SequenceItem {
    SequenceItem(
        path: "\(number).jpg", sha256: sha ?? "sha\(number)", pixelHash: pixels,
        at: seconds.map { Date(timeIntervalSince1970: 1.7e9 + $0) },
        sequenceNumber: sequence)
}

/// A picture every half hour from 6:00 to 18:00, for twenty days.
private let days: [SequenceItem] = (0..<20).flatMap { day in
    (12...36).map { item(day * 100 + $0, at: Double(day * 86_400 + $0 * 1800)) }
}

@Test func anOrdinarySequenceRaisesNothing() {
    var check = SequenceCheck()
    for picture in days { #expect(check.add(picture).isEmpty, "\(picture.path)") }
    #expect(check.usualInterval == 1800)
    #expect(check.silence(until: Date(timeIntervalSince1970: 1.7e9 + 20 * 86_400)) == nil)
}

@Test func copiesAreDuplicates() {
    var check = SequenceCheck()
    #expect(check.add(item(1, at: 0)).isEmpty && check.add(item(2, at: 1800)).isEmpty)
    #expect(check.add(item(3, at: 1800, sha: "sha2")) == [.duplicate(of: "2.jpg")])
    #expect(check.add(item(4, at: 1800.5, sha: "sha2")) == [.duplicate(of: "2.jpg")])
    #expect(check.add(item(5, at: 0, sha: "sha1")) == [.duplicate(of: "1.jpg")])
    #expect(check.add(item(6, sha: "sha2")) == [.duplicate(of: "2.jpg")])
    #expect(check.add(item(7, at: 3600)).isEmpty)
}

@Test func theSamePictureUnderNewTimesIsFrozen() {
    var check = SequenceCheck()
    _ = check.add(item(1, at: 0))
    #expect(check.add(item(2, at: 1800)).isEmpty)
    #expect(check.add(item(3, at: 3600, sha: "sha2")) == [.frozen(first: "2.jpg", repeats: 1)])
    #expect(check.add(item(4, at: 5400, sha: "sha2")) == [.frozen(first: "2.jpg", repeats: 2)])
    #expect(check.add(item(5, at: 7200)).isEmpty)
    #expect(check.add(item(6, at: 9000, sha: "sha5")) == [.frozen(first: "5.jpg", repeats: 1)])
    // The clock overlay changes the bytes, not the picture below it.
    #expect(check.add(item(7, at: 10_800, pixels: "p")).isEmpty)
    #expect(check.add(item(8, at: 12_600, pixels: "p")) == [.frozen(first: "7.jpg", repeats: 1)])
    #expect(check.add(item(9, at: 14_400, pixels: "q")).isEmpty)
}

@Test func clocksThatGoBackOrLeapAreFound() {
    var check = SequenceCheck()
    for number in 0..<10 { #expect(check.add(item(number, at: Double(number) * 600, sequence: number)).isEmpty) }
    #expect(check.add(item(10, at: 5300, sequence: 10)).isEmpty, "100 s back are a time server's")
    #expect(check.add(item(11, at: 0, sequence: 11)) == [.clockWentBack(seconds: 5300, after: "10.jpg")])
    #expect(check.add(item(12, at: 28_800 + 600, sequence: 12)) == [.clockLeapt(seconds: 29_400, after: "11.jpg")])
    #expect(check.add(item(13, at: 28_800 + 86_400 - 7200, sequence: 20)).isEmpty, "pictures are missing: a pause")
    #expect(check.add(item(14, at: 28_800, sequence: 15)).isEmpty, "a lower number came late")
}

@Test func aSilentCameraIsFound() {
    var check = SequenceCheck()
    for picture in days { _ = check.add(picture) }
    let last = Double(19 * 86_400 + 36 * 1800)
    #expect(check.silence(until: Date(timeIntervalSince1970: 1.7e9 + last + 35 * 3600)) == nil)
    #expect(
        check.silence(until: Date(timeIntervalSince1970: 1.7e9 + last + 37 * 3600))
            == .silence(seconds: 37 * 3600, after: "1936.jpg"))
    #expect(check.add(item(9999, at: last + 72 * 3600)) == [.silence(seconds: 72 * 3600, after: "1936.jpg")])
    // A camera that takes one picture a day is silent only after six.
    var daily = SequenceCheck()
    for day in 0..<10 { #expect(daily.add(item(day, at: Double(day) * 86_400)).isEmpty) }
    #expect(daily.add(item(10, at: 14 * 86_400)).isEmpty)
    #expect(daily.add(item(11, at: 21 * 86_400)).count == 1)
}

/// Stopping after any picture, storing the state and going on gives the same findings.
@Test func aStoredStateGoesOnAsIfItNeverStopped() throws {
    let pictures: [SequenceItem] = (0..<60).map {
        item(
            $0, at: $0 % 11 == 0 ? nil : Double($0) * 700 - ($0 % 13 == 0 ? 9000 : 0),
            sha: $0 % 5 == 0 ? "sha\($0 - 1)" : nil, sequence: $0)
    }
    var whole = SequenceCheck()
    let expected = pictures.map { whole.add($0) }
    #expect(expected.contains { !$0.isEmpty })
    var state = SequenceCheck.State()
    for (picture, findings) in zip(pictures, expected) {
        var check = SequenceCheck(
            state: try JSONDecoder().decode(SequenceCheck.State.self, from: JSONEncoder().encode(state)))
        #expect(check.add(picture) == findings)
        state = check.state
    }
    #expect(state == whole.state)
}

@Test func theStateDoesNotGrowWithTheArchive() throws {
    var parameters = SequenceCheck.Parameters()
    parameters.memory = 16
    parameters.intervalMemory = 5
    var check = SequenceCheck(parameters: parameters)
    for number in 0..<100 { _ = check.add(item(number, at: Double(number) * 600)) }
    let early = try JSONEncoder().encode(check.state).count
    for number in 100..<1000 { _ = check.add(item(number, at: Double(number) * 600)) }
    #expect(try JSONEncoder().encode(check.state).count < early + 200)
    #expect(check.add(item(1001, at: 999_999, sha: "sha1")).contains(.duplicate(of: "1.jpg")) == false)
    #expect(check.add(item(1002, at: 1_000_600, sha: "sha995")) == [.duplicate(of: "995.jpg")])
}
