/** Wakes all who wait for a change. */
export class Signal {
  #waiting: (() => void)[] = [];

  /** Until the next `broadcast`, or for at most so many milliseconds. */
  wait(ms = Infinity): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(resolve, Math.ceil(ms)) : undefined;
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Until something holds; answers whether it does, after at most so many milliseconds. */
  async until(holds: () => boolean, ms = Infinity): Promise<boolean> {
    const endMs = performance.now() + ms;
    while (!holds()) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) {
        return false;
      }
      await this.wait(leftMs);
    }
    return true;
  }

  broadcast(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) {
      wake();
    }
  }
}
