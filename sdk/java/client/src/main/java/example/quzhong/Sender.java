package example.quzhong;

import com.google.protobuf.MessageLite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The threads that send what the queue holds, several batches in flight, and who waits for them.
 */
final class Sender {
  private final Function<Batch, BatchAnswer> send;
  private final Consumer<BatchAnswer> onAnswered;
  private final Runnable hurry;
  private final Spool spool;
  private final int maxInFlight;
  private final Pacing pacing;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final SendQueue queue;
  private final List<Thread> threads = new ArrayList<>();
  private Totals totals = Totals.NONE;
  private RuntimeException callbackError;
  private boolean closed;

  /**
   * Nothing runs before the first row.
   *
   * @param send one batch until it is answered or given up (with an exception)
   * @param onAnswered the caller's own code; what it throws, flush or close throw
   * @param hurry ends calls in flight, and waiting between attempts
   * @param spool where batches go that close could not deliver; null: nowhere
   */
  Sender(
      SendQueue queue,
      Function<Batch, BatchAnswer> send,
      Consumer<BatchAnswer> onAnswered,
      Runnable hurry,
      Spool spool,
      int maxInFlight,
      Pacing pacing) {
    this.queue = queue;
    this.send = send;
    this.onAnswered = onAnswered;
    this.hurry = hurry;
    this.spool = spool;
    this.maxInFlight = maxInFlight;
    this.pacing = pacing;
  }

  /** Takes what an earlier client could not deliver, to be sent before anything else. */
  void begin(List<Batch> spooled) {
    if (!spooled.isEmpty()) {
      locked(
          () -> {
            queue.addSpooled(spooled);
            startThreads();
          });
    }
  }

  void add(RowKind kind, MessageLite row) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        throwIfClosed();
        throwWhatWentWrong();
        if (!queue.full()) {
          break;
        }
        progress.await();
      }
      if (queue.add(kind, row, pacing::now)) {
        startThreads();
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether every row added before has its answer; false: they are still to come after this time.
   */
  boolean flush(Duration within) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long number = queue.seal();
      work.signalAll();
      if (!awaited(() -> queue.settled(number), within)) {
        return false;
      }
      throwWhatWentWrong();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void resend() {
    locked(
        () -> {
          throwIfClosed();
          queue.resend();
          startThreads();
          work.signalAll();
        });
  }

  void close(Duration within) {
    boolean interrupted = false;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      queue.seal();
      work.signalAll();
      progress.signalAll(); // who waits to add a row learns that nobody takes it any more
      try {
        if (!awaited(queue::idle, within)) {
          queue.abandon();
        }
      } catch (InterruptedException stop) {
        interrupted = true;
        queue.abandon();
      }
      work.signalAll();
    } finally {
      lock.unlock();
    }
    hurry.run(); // the batches of calls still in flight become undelivered
    interrupted |= joined();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    locked(
        () -> {
          if (spool != null) {
            spool.keep(queue.undelivered());
          }
          throwWhatWentWrong();
        });
  }

  Totals totals() {
    lock.lock();
    try {
      return totals;
    } finally {
      lock.unlock();
    }
  }

  void count(Totals answered) {
    locked(() -> totals = totals.plus(answered));
  }

  List<Undelivered> undelivered() {
    lock.lock();
    try {
      return queue.undelivered();
    } finally {
      lock.unlock();
    }
  }

  void checkOpen() {
    locked(this::throwIfClosed);
  }

  private void sendBatches() {
    for (Batch batch = nextBatch(); batch != null; batch = nextBatch()) {
      BatchAnswer answer;
      try {
        answer = send.apply(batch);
      } catch (Throwable error) { // whatever it was: the batch is kept, and the next one is sent
        Batch given = batch;
        RuntimeException cause =
            error instanceof RuntimeException told ? told : new IllegalStateException(error);
        locked(
            () -> {
              queue.failed(given, cause);
              progress.signalAll();
            });
        continue;
      }
      RuntimeException raised = called(answer);
      Batch done = batch;
      locked(
          () -> {
            callbackError = callbackError == null ? raised : callbackError;
            queue.answered(done);
            totals = totals.plus(answer.totals());
            progress.signalAll();
          });
      if (spool != null) {
        spool.forget(batch);
      }
    }
  }

  private RuntimeException called(BatchAnswer answer) {
    try {
      onAnswered.accept(answer);
      return null;
    } catch (RuntimeException error) {
      return error;
    }
  }

  /** Waits for one; null: the client is closed and nothing is left. */
  private Batch nextBatch() {
    lock.lock();
    try {
      while (true) {
        Duration now = pacing.now();
        Batch batch = queue.next(now);
        Optional<Duration> wait = queue.waitFor(now);
        if (batch != null && wait.isPresent()) {
          work.signal(); // what is left needs somebody who watches its deadline
        }
        if (batch != null || (closed && wait.isEmpty())) {
          return batch;
        }
        try {
          if (wait.isPresent()) {
            work.awaitNanos(wait.get().toNanos());
          } else {
            work.await();
          }
        } catch (InterruptedException ignored) {
          // Our own threads; nobody has a reason to interrupt them, and close ends them.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock held. */
  private void startThreads() {
    while (threads.size() < maxInFlight) {
      Thread thread = new Thread(this::sendBatches, "quzhong-sender-" + threads.size());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Waits for the threads' end; answers whether somebody interrupted that. */
  private boolean joined() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException stop) {
          interrupted = true; // their calls were cut, so they end soon
        }
      }
    }
    return interrupted;
  }

  /** Called with the lock held; null: for as long as it takes. */
  private boolean awaited(BooleanSupplier done, Duration within) throws InterruptedException {
    long end = within == null ? 0 : System.nanoTime() + within.toNanos();
    while (!done.getAsBoolean()) {
      if (within == null) {
        progress.await();
      } else {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        progress.await(left, TimeUnit.NANOSECONDS);
      }
    }
    return true;
  }

  private void locked(Runnable does) {
    lock.lock();
    try {
      does.run();
    } finally {
      lock.unlock();
    }
  }

  private void throwIfClosed() {
    if (closed) {
      throw new ClientClosedException();
    }
  }

  /** Called with the lock held. */
  private void throwWhatWentWrong() {
    RuntimeException error = callbackError;
    callbackError = null;
    if (queue.anyUndelivered()) {
      UndeliveredException told = new UndeliveredException(queue.undelivered());
      if (error != null) {
        told.addSuppressed(error);
      }
      throw told;
    }
    if (error != null) {
      throw error;
    }
  }
}
