import Foundation

/// Only one run at a time may write a store; the lock goes with the process, however it ends.
struct RunLock {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Problem(
                message:
                    "\(path) cannot be written (\(String(cString: strerror(errno)))): check the folder's permissions and space"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Problem(message: "another run is working on this store: wait until it is done (\(path))")
        }
    }

    func release() { close(descriptor) }
}
