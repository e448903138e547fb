import Foundation
import Testing

/// `splitseal timestamp`, with openssl for an authority.
@Suite(.enabled(if: Workbench.has("openssl"), "needs openssl")) struct TimestampCommandTests {
  static let certificate = "set/.splitseal/splitseal.sigstore.json"
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
    let made = try bench.shell(
      """
      set -e
      openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj "/CN=Root" -days 30 \
        -addext basicConstraints=critical,CA:TRUE 2>/dev/null
      openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj "/CN=Authority" 2>/dev/null
      echo extendedKeyUsage=critical,timeStamping > ext
      openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 30 -extfile ext 2>/dev/null
      printf '[tsa]\\ndefault_tsa=t\\n[t]\\nserial=./serial\\ndefault_policy=1.2.3\\ndigests=sha256\\nsigner_digest=sha256\\n' > cnf
      "$SPLITSEAL" timestamp \(Self.certificate) --request q
      openssl ts -reply -config cnf -queryfile q -signer tsa.pem -inkey tsa.key -out r 2>/dev/null
      """)
    try #require(made.status == 0, "\(made.errors)")
  }

  private func verify(_ flags: String...) throws -> Outcome {
    try bench.run(["verify", "set/list.csv", "--public-key", "signer.pub"] + flags)
  }

  @Test func `an answer is attached, and verified with its root`() throws {
    let before = try #require(try verify("--json", "-").document()["certificate"] as? String)
    let attached = try bench.run("timestamp", Self.certificate, "--timestamp-token", "r")
    #expect(attached.status == 0)
    #expect(attached.output.firstMatch(of: /timestamp    \S+Z by CN=Authority \(not checked/) != nil)
    let unchecked = try verify()
    #expect(unchecked.status == 0)
    #expect(
      unchecked.output.contains("  note         a timestamp is attached and was not checked: give --timestamp-roots\n"))
    #expect(!unchecked.output.contains("  timestamp    "))
    let checked = try verify("--timestamp-roots", "ca.pem")
    #expect(checked.status == 0)
    #expect(checked.output.firstMatch(of: /\n  timestamp    \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ by CN=Authority\n/) != nil)
    // The statement is the same, and so is its identity.
    #expect(try verify("--json", "-").document()["certificate"] as? String == before)
    let again = try bench.run("timestamp", Self.certificate, "--timestamp-token", "r")
    #expect(again.status == 2)
    #expect(again.complaints.first == "error: this timestamp is attached already")
  }

  @Test func `what was asked for and is not there, or of another authority, is 3`() throws {
    let none = try verify("--timestamp-roots", "ca.pem")
    #expect(none.status == 3)
    #expect(none.output.contains("\n  timestamp: there is none, and one was asked for\n"))
    #expect(
      try bench.shell(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout o.key -out other.pem -subj /CN=Other 2>/dev/null"
      ).status == 0)
    let refused = try bench.run(
      "timestamp", Self.certificate, "--timestamp-token", "r", "--timestamp-roots", "other.pem")
    #expect(refused.status == 2)
    #expect(try verify().output.contains("timestamp") == false)
    #expect(
      try bench.run("timestamp", Self.certificate, "--timestamp-token", "r", "--timestamp-roots", "ca.pem").output
        .contains("(trusted)"))
    let other = try verify("--timestamp-roots", "other.pem")
    #expect(other.status == 3)
    #expect(other.output.contains("\n  timestamp: no given root vouches for its authority"))
  }

  /// Answers as `openssl ts` does, on a port of this machine that nobody else has; ends with the shell that started it.
  private static let server = #"""
    import http.server, pathlib, subprocess
    class Authority(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            pathlib.Path("asked").write_bytes(query)
            answer = subprocess.run(["openssl", "ts", "-reply", "-config", "cnf", "-queryfile", "asked", "-signer", "tsa.pem",
                                     "-inkey", "tsa.key"], capture_output=True).stdout
            known = self.headers["Content-Type"] == "application/timestamp-query" and self.path == "/tsa"
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(answer if known else b"")
        def log_message(self, *_): pass
    server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
    pathlib.Path("port.new").write_text(str(server.server_port))
    pathlib.Path("port.new").rename("port")
    server.handle_request()
    """#

  @Test(
    .enabled(if: Workbench.has("curl") && Workbench.has("python3"), "needs curl and python3"),
    arguments: [("tsa", 0 as Int32), ("other", 2)])
  func `an authority is asked when its address is given`(path: String, status: Int32) throws {
    try bench.write("server.py", Self.server)
    let asked = try bench.shell(
      """
      python3 server.py & server=$!
      while [ ! -e port ]; do kill -0 $server || exit 9; sleep 0.1; done
      "$SPLITSEAL" timestamp \(Self.certificate) --timestamp-url "http://127.0.0.1:$(cat port)/\(path)" --timestamp-roots ca.pem
      status=$?
      kill $server 2>/dev/null
      exit $status
      """)
    #expect(asked.status == status, "\(asked.output) \(asked.errors)")
    // What is sent is the request that --request writes, and nothing else.
    #expect(try bench.bytes("asked") == bench.bytes("q"))
    #expect(asked.output.contains("(trusted)") == (status == 0))
    #expect(asked.errors.contains(": cannot get a timestamp: ") == (status != 0))
    #expect(try verify("--timestamp-roots", "ca.pem").status == (status == 0 ? 0 : 3))
  }

  @Test(.enabled(if: Workbench.has("jq"), "needs jq"))
  func `a timestamp that was moved to another certificate is 1`() throws {
    #expect(try bench.run("timestamp", Self.certificate, "--timestamp-token", "r").status == 0)
    let moved = try bench.shell(
      """
      cp \(Self.certificate) old
      "$SPLITSEAL" certify set/list.csv --key signer.key --quiet --no-probe
      jq -c --slurpfile old old '.verificationMaterial = $old[0].verificationMaterial' \(Self.certificate) > new
      mv new \(Self.certificate)
      """)
    #expect(moved.status == 0)
    let outcome = try verify("--timestamp-roots", "ca.pem")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\n  timestamp: it is a timestamp of something else, not of this signature\n"))
  }

  @Test(arguments: [
    ([], "give exactly one of --request, --timestamp-token and --timestamp-url"),
    (
      ["--request", "a", "--timestamp-token", "r"],
      "give exactly one of --request, --timestamp-token and --timestamp-url"
    ),
    (
      ["--timestamp-token", "signer.pub"],
      "the timestamp cannot be attached: it is no timestamp of RFC 3161, or a damaged one"
    ),
    (["--timestamp-token", "none"], "none: cannot be read: no such file or folder"),
    (["--timestamp-token", "r", "--timestamp-roots", "signer.pub"], "signer.pub: there is no 'CERTIFICATE' block"),
  ])
  func `what cannot be attached is 2 and leaves the certificate alone`(flags: [String], message: String) throws {
    let before = try bench.bytes(Self.certificate)
    let outcome = try bench.run(["timestamp", Self.certificate] + flags)
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: \(message)")
    #expect(try bench.bytes(Self.certificate) == before)
  }
}
