/** Where the package says what its callers do not see: that it waits, and why. */

/** As much of a logger as is used; `console`, pino and winston have it. */
export interface Logger {
  warn(text: string): void;
}

let current: Logger = console;

/** Have everything told to another logger than `console`. */
export function setLogger(logger: Logger): void {
  current = logger;
}

export const log: Logger = {
  warn: (text) => {
    current.warn(text);
  },
};
