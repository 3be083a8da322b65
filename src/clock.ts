/** Time as the harness sees it: handed in everywhere, so that a recording is reproducible and a test never sleeps. */
export interface Clock {
  /** Milliseconds since the Unix epoch, with a fraction; never goes backwards. */
  now(): number;
  /** Calls `callback` once `ms` have passed. Returns a function that cancels it. A pending limit does not keep the process alive. */
  limit(ms: number, callback: () => void): () => void;
  /** Resolves once `ms` have passed; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  limit(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  },
};
