// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.dynavault.benchmark.stub.Answers.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/** One client's connection: HTTP/1.1 requests with a length, one behind the other. */
final class Connection implements Runnable {
  private static final int LONGEST_HEAD = 32 * 1024;

  private final Socket socket;
  private final Answers answers;
  private final Tally tally;
  private final byte[] head = new byte[LONGEST_HEAD];
  private byte[] body = new byte[64 * 1024];

  Connection(Socket socket, Answers answers, Tally tally) {
    this.socket = socket;
    this.answers = answers;
    this.tally = tally;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      while (serve(in, out)) {
        // the next request
      }
    } catch (IOException e) {
      // The client is gone; what it misses it tells by itself.
    }
  }

  private boolean serve(InputStream in, OutputStream out) throws IOException {
    int have = 0;
    int end = -1;
    while (end < 0) {
      int read = in.read(head, have, head.length - have);
      if (read <= 0) {
        return false;
      }
      int from = Math.max(0, have - 3);
      have += read;
      end = endOfHead(from, have);
    }
    String text = new String(head, 0, end, ISO_8859_1);
    int length = Integer.parseInt(header(text, "content-length", "0"));
    readBody(in, end, have, length);
    if (text.startsWith("POST /counters ")) {
      send(out, Answer.of(200, tally.takeCounters().toJson()));
    } else {
      String target = header(text, "x-amz-target", "");
      send(out, answers.answer(target.substring(target.indexOf('.') + 1), body, length));
    }
    return true;
  }

  private int endOfHead(int from, int to) {
    for (int i = from; i + 3 < to; i++) {
      if (head[i] == '\r' && head[i + 1] == '\n' && head[i + 2] == '\r' && head[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private void readBody(InputStream in, int end, int have, int length) throws IOException {
    if (length > body.length) {
      body = new byte[length];
    }
    int got = have - end;
    System.arraycopy(head, end, body, 0, got);
    while (got < length) {
      int read = in.read(body, got, length - got);
      if (read < 0) {
        throw new EOFException("a request ends early");
      }
      got += read;
    }
  }

  private static String header(String head, String name, String otherwise) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("\r\n" + name + ":");
    if (at < 0) {
      return otherwise;
    }
    int from = at + name.length() + 3;
    return head.substring(from, head.indexOf('\r', from)).strip();
  }

  private static void send(OutputStream out, Answer answer) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(answer.body());
    crc.update(answer.end());
    byte[] start =
        """
        HTTP/1.1 %d -\r
        Content-Type: application/x-amz-json-1.0\r
        Content-Length: %d\r
        x-amz-crc32: %d\r
        x-amzn-RequestId: STUB\r
        \r
        """
            .formatted(answer.status(), answer.body().length + answer.end().length, crc.getValue())
            .getBytes(ISO_8859_1);
    int small = answer.body().length <= 4096 ? answer.body().length : 0;
    byte[] first = Arrays.copyOf(start, start.length + small);
    System.arraycopy(answer.body(), 0, first, start.length, small);
    out.write(first);
    if (small < answer.body().length) {
      out.write(answer.body());
    }
    if (answer.end().length > 0) {
      out.write(answer.end());
    }
  }
}
