internal import CImageCodecs

extension JPEGCodec {
  func planes(
    of bytes: [UInt8], limits: ImageLimits, leastSide: Int, leastColourSide: Int, scratch: DecoderScratch
  ) throws(ImageFault) -> StoredPlanes? {
    let regular = try regularPlanes(
      of: bytes, limits: limits, leastSide: leastSide, leastColourSide: leastColourSide, scratch: scratch)
    if let regular { return regular }
    return try anyPlanes(
      of: bytes, limits: limits, leastSide: leastSide, withColour: leastColourSide > 0, scratch: scratch)
  }

  /// As most JPEGs are; `nil` for the others, and for those that are damaged.
  private func regularPlanes(
    of bytes: [UInt8], limits: ImageLimits, leastSide: Int, leastColourSide: Int, scratch: DecoderScratch
  ) throws(ImageFault) -> StoredPlanes? {
    guard let state = unsafe scratch.state else { return nil }
    var header = ss_baseline_header()
    func decode() -> ss_codec_status {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe scratch.samples.withUnsafeMutableBufferPointer { samples in
          unsafe ss_baseline_decode(
            state, bytes.baseAddress, bytes.count, UInt64(limits.pixelLimit), UInt32(leastSide),
            UInt32(leastColourSide), &header, samples.baseAddress, samples.count)
        }
      }
    }
    var status = decode()
    let luma = StoredChannel(start: 0, step: 1, width: Int(header.luma_width), height: Int(header.luma_height))
    let (columns, rows) = (Int(header.colour_width), Int(header.colour_height))
    let (lumaCount, colourCount) = (luma.width * luma.height, columns * rows)
    if status == SS_CODEC_BUFFER_TOO_SMALL {
      try DecodingMemory.check(DecodingMemory.bytesPerSample * (lumaCount + 2 * colourCount), limits)
      scratch.samples = Array(repeating: 0, count: lumaCount + 2 * colourCount)
      status = decode()
    }
    guard status == SS_CODEC_OK else { return nil }
    let colour = [lumaCount, lumaCount + colourCount].map {
      StoredChannel(start: $0, step: 1, width: columns, height: rows)
    }
    return StoredPlanes(
      width: Int(header.width), height: Int(header.height), luma: luma, colour: colourCount > 0 ? colour : [])
  }

  /// As the codec decodes them: the channels of a pixel one after the other.
  private func anyPlanes(
    of bytes: [UInt8], limits: ImageLimits, leastSide: Int, withColour: Bool, scratch: DecoderScratch
  ) throws(ImageFault) -> StoredPlanes? {
    let pixelLimit = limits.pixelLimit
    try DecodingMemory.check(self.header(of: bytes, pixelLimit: pixelLimit).coefficientByteCount, limits)
    var header = ss_jpeg_luma_header()
    for _ in 0..<2 {
      let call = unsafe CodecCall { message in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          unsafe scratch.samples.withUnsafeMutableBufferPointer { pixels in
            unsafe ss_jpeg_decode_luma(
              bytes.baseAddress, bytes.count, UInt64(pixelLimit), UInt32(leastSide), withColour, &header,
              pixels.baseAddress, pixels.count, message)
          }
        }
      }
      let (width, height, channels) = (Int(header.luma_width), Int(header.luma_height), Int(header.channels))
      switch call.status {
      case SS_CODEC_BUFFER_TOO_SMALL:
        try DecodingMemory.check(DecodingMemory.bytesPerSample * width * height * channels, limits)
        scratch.samples = Array(repeating: 0, count: width * height * channels)
      case SS_CODEC_NO_LUMA:
        return nil
      case SS_CODEC_TOO_MANY_PIXELS:
        throw .tooManyPixels(width: Int(header.width), height: Int(header.height), limit: pixelLimit)
      default:
        if let fault = call.fault(of: .jpeg) { throw fault }
        let all = (0..<channels).map { StoredChannel(start: $0, step: channels, width: width, height: height) }
        return StoredPlanes(
          width: Int(header.width), height: Int(header.height), luma: all[0], colour: Array(all.dropFirst()))
      }
    }
    throw .unreadable(reason: "not enough memory to decode it")
  }
}
