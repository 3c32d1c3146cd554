import Casework
import Files
import Foundation
import Storage
import Village

extension StoreError: SimpleFailure {
    var words: Bilingual {
        let zh: String =
            switch self {
            case .missing: "还没有结果：请先运行 plotwatch run 村庄"
            case .busy(let path): "结果库 \(path) 正被别的程序使用：等它做完再运行"
            case .full(let path): "磁盘满了，\(path) 写不进去：请腾出空间再运行（已存的不会丢）"
            case .notWritable(let path): "\(path) 不能写：请检查文件和文件夹的权限"
            case .damaged(let path, let detail):
                "\(path) 不是能用的结果库（\(detail)）：请把它移走再运行，照片都还在"
            case .notCopied(let fault): fault.words.zh
            case .newer(let path): "\(path) 是更新版本的 PlotWatch 写的：请升级本机的程序"
            case .older(let path): "\(path) 是旧版本写的：运行一次 plotwatch run 就会升级，什么也不会丢"
            case .changed(let subject): "\(subject) 刚被别人改过：请再看一遍"
            case .other(let path, let detail): "结果库 \(path) 出错：\(detail)"
            }
        return Bilingual(zh: zh, en: message)
    }
}

extension FileFault: SimpleFailure {
    var words: Bilingual {
        let zh: String =
            switch code {
            case ENOSPC, EDQUOT: "\(path) 写不进去：磁盘满了，请腾出空间"
            case EACCES, EPERM: "\(path) 不许写：请检查文件和文件夹的权限"
            case EROFS: "\(path) 不能写：磁盘是只读的"
            case ENOENT, ENOTDIR: "\(path) 写不进去：它的文件夹不存在"
            case EISDIR: "\(path) 写不进去：已有同名的文件夹"
            default: "\(path) 写不进去：\(String(cString: strerror(code)))"
            }
        return Bilingual(zh: zh, en: message)
    }
}

extension DecisionError: SimpleFailure {
    var words: Bilingual {
        let zh: String =
            switch self {
            case .noSuchFlag(let id): "没有线索 \(id)；plotwatch flags 可以列出来"
            case .conflict(let last?): "\(last.by) 刚判定过（第 \(last.id) 号判定）：请再看一遍再判"
            case .conflict(nil): "页面上的判定不在结果库里：请重新打开页面"
            case .cannotUndo(let id): "第 \(id) 号判定不能撤回：它不是这条线索的，或已经撤回"
            case .badText(let field, let reason): "\(field) 写得不对（\(reason)）"
            case .store(let error): error.words.zh
            }
        return Bilingual(zh: zh, en: message)
    }
}

extension PointsError: SimpleFailure {
    var words: Bilingual {
        let zh: String =
            switch self {
            case .noSuchProposal(let number): "没有第 \(number) 号申报；plotwatch points 村庄 可以列出待审的"
            case .alreadyJudged(let number): "第 \(number) 号申报已经审过"
            case .tooFew(let balance, let asked): "这户有 \(balance) 分，要用 \(asked) 分，不够"
            case .badText(let field, let reason): "\(field) 写得不对（\(reason)）"
            case .store(let error): error.words.zh
            }
        return Bilingual(zh: zh, en: message)
    }
}

extension CaseError: SimpleFailure {
    var words: Bilingual {
        let zh: String =
            switch self {
            case .noSuchCase(let number): "没有案件 \(number)；plotwatch case list 可以列出来"
            case .noSuchFlag(let id): "没有线索 \(id)；plotwatch flags --all 可以列出来"
            case .noSuchPlace(let place): "村庄文件里没有 \(place)"
            case .hasCase(let flag, let number): "线索 \(flag) 已经有案件 \(number)"
            case .wrongStep(let from, let to, let allowed):
                "\(from.rawValue) 之后可以是 \(allowed.map(\.rawValue).joined(separator: "、"))，不能是 \(to.rawValue)"
            case .missing(let what): "还缺内容：\(what)"
            case .badText(let field, let reason): "\(field) 写得不对（\(reason)）"
            case .conflict(let number): "\(number) 刚被别人处理过：请再看一遍"
            case .store(let error): error.words.zh
            }
        return Bilingual(zh: zh, en: message)
    }
}
