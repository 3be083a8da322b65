/**
 * Ctrl-C and SIGTERM, as a signal: the first asks for an orderly end, the second ends the process at once.
 *
 * @param leaving called before the process ends at once; must not wait for anything
 */
export function onInterrupt(leaving: () => void = () => {}): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) {
      try {
        leaving();
      } finally {
        process.exit(130);
      }
    }
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
