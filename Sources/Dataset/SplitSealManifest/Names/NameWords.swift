internal import SplitSealBase

/// The words of a name, ASCII letters in lower case: `Patient ID`, `patient_id` and `PatientID` are `patient` and `id`.
///
/// Words end at everything but letters and digits, and before a capital that follows a small letter.
func words(ofName name: String) -> [String] {
  var words: [[UInt8]] = []
  var followsSmall = false
  var isInWord = false
  for byte in name.utf8 {
    let isCapital = (0x41...0x5A).contains(byte)
    let isPart = isCapital || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
    if isPart {
      if !isInWord || (isCapital && followsSmall) { words.append([]) }
      words[words.count - 1].append(isCapital ? byte | 0x20 : byte)
    }
    isInWord = isPart
    followsSmall = isPart && !isCapital
  }
  return words.map { String(decoding: $0, as: UTF8.self) }
}

/// A name without case, blanks, `_` and `-`: two columns whose plain names are equal are called the same.
func plainName(_ name: String) -> String { words(ofName: name).joined() }
