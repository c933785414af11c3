// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A start line, header lines and a body of HTTP/1.1, without the framing of chunks. */
final class HttpMessage {
  private static final int LONGEST_LINE = 65_536;

  private final String startLine;
  private final List<String> headerLines;
  private final byte[] body;

  private HttpMessage(String startLine, List<String> headerLines, byte[] body) {
    this.startLine = startLine;
    this.headerLines = headerLines;
    this.body = body;
  }

  /** Reads a request's head, or nothing if the client has closed the connection. */
  static Optional<HttpMessage> readRequestHead(InputStream input) throws IOException {
    int first = input.read();
    if (first < 0) {
      return Optional.empty();
    }
    String startLine = (char) first + readLine(input);
    return Optional.of(new HttpMessage(startLine, readHeaderLines(input), new byte[0]));
  }

  /** The request whose head this is, with its body. */
  HttpMessage withRequestBody(InputStream input) throws IOException {
    if (isChunked()) {
      return withBody(readChunks(input));
    }
    int length = header("content-length").map(Integer::parseInt).orElse(0);
    return new HttpMessage(startLine, headerLines, input.readNBytes(length));
  }

  /** Reads the answer to a request with the given method; skips interim answers. */
  static HttpMessage readResponse(InputStream input, String method) throws IOException {
    HttpMessage head;
    do {
      head = new HttpMessage(readLine(input), readHeaderLines(input), new byte[0]);
    } while (head.status() / 100 == 1);
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return head;
    }
    if (head.isChunked()) {
      return head.withBody(readChunks(input));
    }
    Optional<Integer> length = head.header("content-length").map(Integer::parseInt);
    byte[] body = length.isPresent() ? input.readNBytes(length.get()) : input.readAllBytes();
    return new HttpMessage(head.startLine, head.headerLines, body);
  }

  /** Method or version, then target or status: the words of the start line. */
  String startWord(int index) {
    return startLine.split(" ", 3)[index];
  }

  int status() {
    return Integer.parseInt(startWord(1));
  }

  byte[] body() {
    return body;
  }

  Optional<String> header(String lowerCaseName) {
    return headerLines.stream()
        .filter(line -> nameOf(line).equals(lowerCaseName))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /** Start line and header lines as they came, up to and with the empty line. */
  byte[] head() {
    return (startLine
            + "\r\n"
            + String.join("", headerLines.stream().map(l -> l + "\r\n").toList())
            + "\r\n")
        .getBytes(ISO_8859_1);
  }

  private boolean isChunked() {
    return header("transfer-encoding").filter(value -> value.contains("chunked")).isPresent();
  }

  /** With a body that was chunked and now has a length. */
  private HttpMessage withBody(byte[] whole) {
    List<String> lines = new ArrayList<>(headerLines);
    lines.removeIf(line -> nameOf(line).equals("transfer-encoding"));
    lines.add("Content-Length: " + whole.length);
    return new HttpMessage(startLine, lines, whole);
  }

  private static String nameOf(String headerLine) {
    int colon = headerLine.indexOf(':');
    return colon < 0 ? "" : headerLine.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static List<String> readHeaderLines(InputStream input) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = readLine(input); !line.isEmpty(); line = readLine(input)) {
      lines.add(line);
    }
    return lines;
  }

  private static byte[] readChunks(InputStream input) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(readLine(input).split(";", 2)[0].strip(), 16);
      if (length == 0) {
        readHeaderLines(input);
        return whole.toByteArray();
      }
      whole.write(input.readNBytes(length));
      readLine(input);
    }
  }

  private static String readLine(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = input.read(); b != '\n'; b = input.read()) {
      if (b < 0 || line.size() > LONGEST_LINE) {
        throw new EOFException("no end of line after " + line.size() + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
