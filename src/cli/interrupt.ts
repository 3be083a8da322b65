/** npm hands on to its scripts what a terminal sends to them as well, so that one Ctrl-C comes twice (npm 11, seen 2026-11-23). */
const echoMs = 500;

/**
 * Ctrl-C and SIGTERM, as a signal: the first asks for an orderly end, the second ends the process at once.
 *
 * @param leaving called before the process ends at once; must not wait for anything
 */
export function onInterrupt(leaving: () => void = () => {}): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let first: { name: string; at: number } | undefined;
  const stop = (name: string) => {
    if (first !== undefined) {
      if (name === first.name && performance.now() - first.at < echoMs) return;
      try {
        leaving();
      } finally {
        process.exit(130);
      }
    }
    first = { name, at: performance.now() };
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
