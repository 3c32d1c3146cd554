import Analysis
import Pixels
import Testing

@Suite struct CompositeTests {
    @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 13, 16, 24, 31]) func medianAgainstSorting(count: Int) {
        var noise = Noise(seed: UInt64(count))
        let images = (0..<count).map { _ in noise.image(13, 7) }
        let masks = (0..<count).map { k -> Mask? in k % 3 == 1 ? noise.mask(13, 7) : nil }
        let found = MedianComposite(images: images, valid: masks)
        for i in 0..<91 {
            let seen = (0..<count).filter { k in masks[k].map { $0.bytes[i] != 0 } ?? true }
            #expect(Int(found.support.samples[i]) == seen.count)
            for channel in 0..<3 {
                let values = seen.map { Int(images[$0].bytes[3 * i + channel]) }.sorted()
                let median = values.isEmpty ? 0 : values[(values.count - 1) / 2]
                #expect(Int(found.image.bytes[3 * i + channel]) == median)
            }
        }
    }

    @Test func aPasserByLeavesNoTrace() {
        var noise = Noise(seed: 4)
        let street = noise.scene(60, 40)
        let images = (0..<7).map { k -> RGBImage in
            var image = street
            for y in 10..<30 { for x in 8 * k..<8 * k + 8 { image[x, y] = (255, 0, 255) } }
            return image
        }
        let found = MedianComposite(images: images, valid: images.map { _ in nil })
        #expect(found.image == street)
        let reversed = MedianComposite(images: images.reversed(), valid: images.map { _ in nil })
        #expect(reversed.image == found.image, "the order of the pictures does not matter")
    }

    @Test func emptyPictures() {
        let empty = RGBImage(width: 0, height: 3, bytes: [])
        #expect(MedianComposite(images: [empty, empty], valid: [nil, nil]).image == empty)
    }
}
