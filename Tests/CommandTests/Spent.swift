import Foundation

/// What one process took of the system.
struct Spent {
    let status: Int32
    /// Pages of memory that it touched for the first time, or anew after it had given them back.
    let pages: Int

    struct NotStarted: Error { let number: Int32 }

    /// Runs the program to its end; what it prints goes nowhere.
    static func running(_ words: [String], environment: [String: String]) throws -> Spent {
        var arguments: [UnsafeMutablePointer<CChar>?] = ([Command.executable.path] + words).map { strdup($0) }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
        defer { (arguments + variables).forEach { free($0) } }
        arguments.append(nil)
        variables.append(nil)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in [1, 2] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        var process: pid_t = 0
        let failure = posix_spawn(&process, Command.executable.path, &actions, nil, arguments, variables)
        guard failure == 0 else { throw NotStarted(number: failure) }
        var status: Int32 = 0, usage = rusage()
        while wait4(process, &status, 0, &usage) == -1 && errno == EINTR {}
        return Spent(status: status, pages: usage.ru_minflt)
    }
}
