// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.http.Header;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class SignatureV4Test {
  private static final Instant TIME = Instant.parse("2026-11-21T10:15:30Z");

  /** The example that AWS publishes for deriving a key (AWS General Reference, "Examples"). */
  @Test
  void derivesTheKeyOfAwssExample() {
    SigningKey key =
        SigningKey.derive(
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam");

    assertThat(HexFormat.of().formatHex(key.key().getEncoded()))
        .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  }

  @Test
  void leavesRequestsOfAnonymousCredentialsUnsigned() {
    RequestSigner signer =
        new RequestSigner(
            new ResolvedEndpoint(URI.create("http://localhost:8000"), "us-east-1", true),
            new SigningClock(InstantSource.fixed(TIME)));

    var request =
        signer.sign(
            "Scan",
            "{}".getBytes(UTF_8),
            2,
            AnonymousCredentialsProvider.create().resolveCredentials());

    assertThat(request.getAllHeaders())
        .extracting(Header::getName)
        .doesNotContain("Authorization", "X-Amz-Date")
        .contains("X-Amz-Target");
  }

  /** Threads whose credentials differ exchange the kept key all the time. */
  @Test
  void givesThreadsWithOtherCredentialsTheirOwnSignatures() throws Exception {
    SignatureV4 shared = new SignatureV4("localhost:8000", "us-east-1");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        AwsCredentialsIdentity identity = AwsBasicCredentials.create("key", "secret" + i);
        results.add(threads.submit(alwaysAsAlone(shared, identity)));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Boolean> alwaysAsAlone(
      SignatureV4 shared, AwsCredentialsIdentity identity) {
    String alone = sign(new SignatureV4("localhost:8000", "us-east-1"), identity);
    return () -> {
      var signatures = new HashSet<String>();
      for (int i = 0; i < 2000; i++) {
        signatures.add(sign(shared, identity));
      }
      return signatures.size() == 1 && signatures.contains(alone);
    };
  }

  private static String sign(SignatureV4 signature, AwsCredentialsIdentity identity) {
    return signature
        .sign("DynamoDB_20120810.Scan", "{}".getBytes(UTF_8), 2, identity, TIME)
        .authorization();
  }
}
