import Foundation

/// Only one run at a time may write a store; the lock goes with the process, however it ends.
struct RunLock {
    private let descriptor: Int32

    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Problem(
                zh: "\(path) 写不进去（\(String(cString: strerror(errno)))）：请检查文件夹的权限和空间",
                en:
                    "\(path) cannot be written (\(String(cString: strerror(errno)))): check the folder's permissions and space"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Problem(
                zh: "另一个 run 正在处理这个村庄：等它做完再运行（\(path)）",
                en: "another run is working on this store: wait until it is done (\(path))")
        }
    }

    func release() { close(descriptor) }
}
