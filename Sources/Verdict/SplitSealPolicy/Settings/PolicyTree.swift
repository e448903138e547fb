internal import SplitSealJSON

/// The settings by the mappings in which they stand in the file.
struct PolicyTree {
  /// A name with a setting, or with the names below it.
  enum Branch {
    case setting(PolicySetting)
    case mapping(PolicyTree)
  }

  let branches: [(name: String, branch: Branch)]

  init(_ settings: [PolicySetting]) { self.init(settings, depth: 0) }

  private init(_ settings: [PolicySetting], depth: Int) {
    var branches: [(name: String, branch: Branch)] = []
    for setting in settings where !branches.contains(where: { $0.name == setting.path[depth] }) {
      let name = setting.path[depth]
      let same = settings.filter { $0.path[depth] == name }
      let branch: Branch =
        setting.path.count == depth + 1 ? .setting(setting) : .mapping(PolicyTree(same, depth: depth + 1))
      branches.append((name, branch))
    }
    self.branches = branches
  }

  func json(_ policy: Policy, adding members: [JSONMember] = []) -> JSONValue {
    .object(
      members
        + branches.map { name, branch in
          switch branch {
          case .setting(let setting): JSONMember(name, setting.json(policy))
          case .mapping(let tree): JSONMember(name, tree.json(policy))
          }
        })
  }
}
