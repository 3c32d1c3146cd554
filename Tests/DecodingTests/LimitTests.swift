import Decoding
import Foundation
import Pixels
import TestKit
import Testing

@Suite struct LimitTests {
    /// The sample with another size written into its frame header.
    private func bomb(_ width: Int, _ height: Int) -> [UInt8] {
        let at = 2 + 69 + 5
        let size = [UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255)]
        return Corruption.overwrite(offset: at, bytes: size).applied(to: Samples.twoBlocks)
    }

    private func pngBomb(_ width: Int, _ height: Int) -> [UInt8] {
        PNGSketch(width: width, height: height, color: .grey, depth: 8, samples: []).header
    }

    @Test func sizesBeyondTheLimitsAreRefusedBeforeAnythingIsReserved() throws {
        let decoder = Decoder()
        for file in [bomb(65_500, 65_500), pngBomb(65_500, 65_500)] {
            #expect(throws: DecodingError.overLimit(.width, value: 65_500, limit: 30_000)) { try decoder.rgb(file) }
        }
        #expect(throws: DecodingError.overLimit(.height, value: 40_000, limit: 30_000)) {
            try decoder.rgb(bomb(16, 40_000))
        }
        #expect(throws: DecodingError.overLimit(.pixels, value: 400_000_000, limit: 120_000_000)) {
            try decoder.header(of: bomb(20_000, 20_000))
        }
        #expect(throws: DecodingError.overLimit(.pixels, value: 400_000_000, limit: 120_000_000)) {
            try decoder.header(of: pngBomb(20_000, 20_000))
        }
        #expect(throws: DecodingError.overLimit(.width, value: 1_000_000, limit: 30_000)) {
            try decoder.rgb(MaskTests.tiff(bits: 8, width: 1_000_000))
        }
    }

    /// libpng reserves, and clears, as much as a chunk says that it has.
    @Test func aChunkThatSaysItIsHugeTakesNoMemory() throws {
        func peakInKilobytes() -> Int {
            var usage = rusage()
            // RUSAGE_SELF, which has another type in the C library of Linux.
            getrusage(0, &usage)
            return usage.ru_maxrss
        }
        let start = Array(pngBomb(13, 9).prefix(33)), before = peakInKilobytes()
        for name in ["zTXt", "tEXt", "iTXt", "iCCP", "sPLT", "eXIf", "abcD"] {
            let file = start + [0x7A, 0x54, 0x58, 0x74] + Array(name.utf8) + [UInt8](repeating: 1, count: 30)
            #expect(throws: DecodingError.self, "\(name)") { try Decoder().rgb(file) }
        }
        #expect(peakInKilobytes() - before < 1_000_000)
    }

    @Test func theLimitItselfIsAllowed() throws {
        let file = try Samples.jpeg(50, 40)
        let exact = Decoder(limits: DecodingLimits(maxWidth: 50, maxHeight: 40, maxPixels: 2_000))
        #expect(try exact.rgb(file).content.size == Size(width: 50, height: 40))
        #expect(throws: DecodingError.overLimit(.pixels, value: 2_000, limit: 1_999)) {
            try Decoder(limits: DecodingLimits(maxPixels: 1_999)).rgb(file)
        }
    }

    @Test func aPictureDrawnInManyPassesIsRefused() throws {
        let file = try Samples.greyJPEG(64, 64, isProgressive: true)
        let starts = file.indices.dropLast().filter { file[$0] == 0xFF && file[$0 + 1] == 0xDA }
        #expect(starts.count > 2 && starts.count < 20)
        let last = try #require(starts.last)
        let scan = Array(file[last..<(file.count - 2)])
        let scans = starts.count + 150
        let bomb: [UInt8] = Array(file.dropLast(2)) + repeatElement(scan, count: 150).joined() + [0xFF, 0xD9]
        let decoder = Decoder()
        #expect(throws: DecodingError.overLimit(.scans, value: 101, limit: 100)) { try decoder.rgb(bomb) }
        #expect(throws: DecodingError.overLimit(.scans, value: 101, limit: 100)) { try decoder.planes(bomb) }
        #expect(throws: Never.self) { try Decoder(limits: DecodingLimits(maxScans: scans)).rgb(bomb) }
        #expect(try decoder.rgb(file).truncation == nil)
    }
}
