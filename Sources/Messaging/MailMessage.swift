import Foundation
import Village

/// A post as an Internet message (RFC 5322, RFC 2045 to 2047), all of it in lines of 7-bit text that every server takes.
enum MailMessage {
    /// Bytes of text in one encoded word: 75 characters with what stands around them (RFC 2047, 2).
    private static let bytesInWord = 45

    static func bytes(_ post: Post, mail: MessageChannel.Mail, now: Date) -> [UInt8] {
        let domain = mail.from.split(separator: "@").last.map(String.init) ?? "localhost"
        let body = Data(post.paragraphs.map(line).joined(separator: "\r\n\r\n").utf8)
        let head = [
            "Date: \(date(now))", "From: \(mail.from)", "To: \(mail.to.joined(separator: ",\r\n "))",
            // The same post always has the same name: whoever gets it twice can tell.
            "Message-ID: <\(post.id)@\(domain)>", "Subject: \(encoded(line(post.title)))",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        let lines = body.base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + lines + "\r\n").utf8)
    }

    private static func line(_ text: String) -> String { VendorText.escaped(text, kind: .smtp) }

    /// A header's text: as it is where it is plain ASCII, else as encoded words that break between characters.
    static func encoded(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !text.contains("=?") { return text }
        var words: [String] = [], word = ""
        func close() {
            if !word.isEmpty { words.append("=?UTF-8?B?\(Data(word.utf8).base64EncodedString())?=") }
            word = ""
        }
        for scalar in text.unicodeScalars {
            if word.utf8.count + UTF8.width(scalar) > bytesInWord { close() }
            word.unicodeScalars.append(scalar)
        }
        close()
        return words.joined(separator: "\r\n ")
    }

    /// RFC 5322, 3.3; in UTC.
    private static func date(_ moment: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss"
        return format.string(from: moment) + " +0000"
    }
}
