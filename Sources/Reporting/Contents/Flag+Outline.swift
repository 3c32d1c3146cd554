import Village

extension Flag {
    /// The polygon, or the box where there is none.
    public var drawnOutline: Outline {
        guard polygon.count < 3, box.count == 4 else { return polygon }
        let x = Double(box[0]), y = Double(box[1]), width = Double(box[2]), height = Double(box[3])
        return [.init(x, y), .init(x + width, y), .init(x + width, y + height), .init(x, y + height)]
    }
}
