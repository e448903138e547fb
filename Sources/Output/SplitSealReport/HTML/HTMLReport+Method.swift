internal import SplitSealRules
internal import SplitSealAudit
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy

extension HTMLReport {
  /// What was accepted and why, waivers that count for nothing, and what the baseline knows.
  var waivers: HTMLText {
    var html = list(words.decisionLines.map { String($0.drop { $0 == " " }) })
    if result.input.baseline != nil {
      html += "<p>\(counted(result.knownCount, "finding")) of the baseline not shown.</p>\n"
    }
    let waived = result.waivedFindings
    if !waived.isEmpty {
      var table = HTMLTable(
        "Findings that are accepted", ["finding", "severity", "rule", "what", "why it is accepted"])
      for (finding, waiver) in waived.prefix(Self.rowCount) {
        table.add(html: [
          "<code>\(finding.shortIdentity)</code>", "\(finding.severity.rawValue)", "\(finding.rule.rawValue)",
          "\(words.sentence(finding))", "\(waiver.words)",
        ])
      }
      html += table.html + more(waived.count - Self.rowCount, of: "waived finding")
    }
    let idle =
      result.expiredWaivers.map { "expired, and counts no longer: \($0.finding.prefix(12)) \($0.words)" }
      + result.unusedWaivers.map { "of no finding: \($0.finding.prefix(12)) \($0.words)" }
    html += list(idle)
    if let today = result.input.waivers.today, !result.input.waivers.waivers.isEmpty {
      html += "<p>Judged on \(today.description).</p>\n"
    }
    return html
  }

  /// What was compared and how, and the policy in force.
  var method: HTMLText {
    var html = list(context.method)
    var inputs = HTMLTable("Inputs", ["input", "format", "SHA-256"])
    for input in manifest.inputs.prefix(Self.rowCount) {
      inputs.add(html: [
        "<code>\(printable(input.path))</code>", "\(input.format.name)",
        "<code>\(input.sha256.map { hexadecimal($0) } ?? "")</code>",
      ])
    }
    html += inputs.html
    let policy = result.input.policy
    let sources = context.policySources
    html +=
      "<h3>Policy</h3>\n<p>\(sources.file.map { "From \(printable($0))" } ?? "The default, and what the command line says"); "
    html += "SHA-256 <code>\(policy.digest.description)</code>.</p>\n"
    if policy.differences.isEmpty {
      html += "<p>Nothing in it differs from the default.</p>\n"
    } else {
      var table = HTMLTable("Settings that are not the default", ["setting", "value", "default", "finds"])
      for difference in policy.differences.prefix(Self.rowCount) {
        table.add([
          difference.setting, printable(difference.value), difference.defaultValue,
          difference.isLaxer ? "less" : "other things",
        ])
      }
      html += table.html
    }
    let yaml = policy.yaml(sources).split(separator: "\n").map { printable(String($0)) }.joined(separator: "\n")
    return html
      + "<details><summary>The whole policy</summary>\n<pre class=\"scroll\" tabindex=\"0\">\(yaml)</pre></details>\n"
  }

  /// The command, and how a finding is waived.
  var reproduction: HTMLText {
    """
    <pre class="scroll" tabindex="0"><code id="command">\(context.command)</code></pre>
    <p>With splitseal \(context.toolVersion). To accept a finding, give its id and a reason: \
    <code>splitseal waive ID --report report.json --root FOLDER --reason TEXT</code>, with a report by <code>--json</code>.</p>

    """
  }
}
