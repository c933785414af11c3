// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * An HTTP proxy on the loopback address in front of one server. Requests are forwarded byte for
 * byte, with the Host header that the client signed, except those for which the plan has a fault.
 */
public final class HttpFaultProxy implements AutoCloseable {
  /** A request and what was done to it. */
  public record Injection(ProxiedRequest request, Fault fault) {}

  private final URI upstream;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool(HttpFaultProxy::daemon);
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Injection> injections = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile FaultPlan plan = FaultPlan.none();

  private HttpFaultProxy(URI upstream, ServerSocket server) {
    this.upstream = upstream;
    this.server = server;
  }

  /** Starts a proxy in front of a server, without faults. */
  public static HttpFaultProxy before(URI upstream) {
    try {
      ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
      HttpFaultProxy proxy = new HttpFaultProxy(upstream, server);
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address to give to clients instead of the server's. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** From the next request on, this plan decides. */
  public HttpFaultProxy use(FaultPlan newPlan) {
    this.plan = newPlan;
    return this;
  }

  /** All requests so far, also those that failed. */
  public List<ProxiedRequest> requests() {
    return List.copyOf(requests);
  }

  /** The number of requests so far that match. */
  public int count(Predicate<ProxiedRequest> matching) {
    return Math.toIntExact(requests.stream().filter(matching).count());
  }

  /** All faults so far. */
  public List<Injection> injections() {
    return List.copyOf(injections);
  }

  /** Forgets the requests and faults so far; the next request is number 1. */
  public void forget() {
    requests.clear();
    injections.clear();
    numbers.set(0);
  }

  /** Cuts every connection and ends. */
  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  URI upstream() {
    return upstream;
  }

  CountDownLatch closed() {
    return closed;
  }

  /** Notes a request and asks the plan about it. */
  Optional<Fault> faultFor(HttpMessage message) {
    ProxiedRequest request =
        new ProxiedRequest(
            numbers.incrementAndGet(),
            message.startWord(0),
            message.startWord(1),
            message.header("x-amz-target").map(name -> name.substring(name.indexOf('.') + 1)),
            message.body().length);
    requests.add(request);
    Optional<Fault> fault = plan.faultFor(request);
    fault.ifPresent(injected -> injections.add(new Injection(request, injected)));
    return fault;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        threads.execute(
            () -> {
              try (connection) {
                new ProxyConnection(this, connection).serve();
              } catch (IOException e) {
                // The client or the server has gone, which is for the other one to deal with.
              } finally {
                connections.remove(connection);
              }
            });
      } catch (IOException e) {
        return;
      }
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    return thread;
  }
}
