import Pixels

/// How a picture lies in a model's input: as large as it fits, in the middle, grey beside it.
public struct Letterbox: Sendable, Equatable {
    /// Of the picture in the input.
    public let content: Size
    let left: Int
    let top: Int
    private let input: Size
    /// Pixels of the picture for one of the input.
    private let scaleX: Double
    private let scaleY: Double

    /// What YOLO's training puts beside a picture, of 255.
    private static let border: Float = 114

    init(of picture: Size, into input: Size) {
        let ratio = min(
            Double(input.width) / Double(max(picture.width, 1)), Double(input.height) / Double(max(picture.height, 1)))
        content = Size(
            width: min(max(Int((Double(picture.width) * ratio).rounded()), 1), input.width),
            height: min(max(Int((Double(picture.height) * ratio).rounded()), 1), input.height))
        left = (input.width - content.width) / 2
        top = (input.height - content.height) / 2
        self.input = input
        scaleX = Double(picture.width) / Double(content.width)
        scaleY = Double(picture.height) / Double(content.height)
    }

    /// Red, green and blue planes, 0…1, row by row.
    ///
    /// - Precondition: `image` has the size of ``content``.
    func numbers(of image: RGBImage) -> [Float] {
        precondition(image.size == content, "the picture at the size it has in the input")
        let area = input.area
        var numbers = [Float](repeating: Letterbox.border / 255, count: 3 * area)
        for y in 0..<image.height {
            for x in 0..<image.width {
                let from = 3 * (y * image.width + x), to = (y + top) * input.width + x + left
                for channel in 0..<3 { numbers[channel * area + to] = Float(image.bytes[from + channel]) / 255 }
            }
        }
        return numbers
    }

    /// An object of the input in the picture.
    func picture(_ object: DetectedObject) -> DetectedObject {
        var result = object
        result.x = (object.x - Double(left)) * scaleX
        result.y = (object.y - Double(top)) * scaleY
        result.width = object.width * scaleX
        result.height = object.height * scaleY
        return result
    }
}
