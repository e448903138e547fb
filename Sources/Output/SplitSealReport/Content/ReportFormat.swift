public import SplitSealAudit

/// How the outcome of an audit is written to standard output.
public enum ReportFormat: String, Hashable, Sendable, CaseIterable {
  /// For people, on a terminal.
  case text
  /// Everything, as `docs/report.schema.json` says.
  case json
  /// Markdown to be pasted as an issue on the dataset's repository.
  case markdown
  /// Workflow commands that GitHub Actions shows as annotations.
  case github
  /// SARIF 2.1.0, for services that collect what checkers find.
  case sarif
  /// JUnit XML, for services that collect test results.
  case junit

  /// The whole document, with a final newline.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - context: What is said beside the result.
  ///   - style: Colours of the text; the other formats have none.
  ///   - folder: The dataset's root as seen from where the formats that name files are read; `nil` when it is not below
  ///     that place.
  /// - Returns: The text of the document.
  public func document(
    of result: AuditResult, context: ReportContext, style: TextStyle = .plain,
    folder: String? = nil
  ) -> String {
    switch self {
    case .text: TextReport(result, context: context, style: style).text
    case .json: JSONReport(result, context: context).text
    case .markdown: MarkdownReport(result, context: context).text
    case .github: WorkflowAnnotations(result, context: context, folder: folder).text
    case .sarif: SARIFReport(result, context: context, folder: folder).text
    case .junit: JUnitReport(result, context: context).text
    }
  }
}
