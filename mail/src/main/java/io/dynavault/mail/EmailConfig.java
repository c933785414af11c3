// SPDX-License-Identifier: Apache-2.0
package io.dynavault.mail;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Who sends e-mail to whom through which server.
 *
 * @param login for servers that want one; only with encryption
 */
public record EmailConfig(
    String host,
    int port,
    Encryption encryption,
    Optional<Login> login,
    String from,
    List<String> to) {

  /** How the connection is encrypted. */
  public enum Encryption {
    /** After it is made, by STARTTLS, or not used: usually port 587. */
    STARTTLS(587),
    /** From the beginning: usually port 465. */
    TLS(465),
    /** Not at all, for servers on the same machine or network: usually port 25. */
    NONE(25);

    private final int usualPort;

    Encryption(int usualPort) {
      this.usualPort = usualPort;
    }

    public int usualPort() {
      return usualPort;
    }
  }

  /**
   * A user of the server.
   *
   * @param password secret
   */
  public record Login(String user, String password) {
    public Login {
      requireNonNull(user, "user is null");
      requireNonNull(password, "password is null");
    }

    /** Without the password. */
    @Override
    public String toString() {
      return user;
    }
  }

  public EmailConfig {
    requireNonNull(host, "host is null");
    requireNonNull(encryption, "encryption is null");
    requireNonNull(login, "login is null");
    requireNonNull(from, "from is null");
    to = List.copyOf(to);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port out of range 1 to 65535: " + port);
    }
    if (to.isEmpty()) {
      throw new IllegalArgumentException("nobody to send e-mail to");
    }
    if (login.isPresent() && encryption == Encryption.NONE) {
      throw new IllegalArgumentException("a password is not sent over an unencrypted connection");
    }
  }
}
