/**
 * A module that puts both clocks of a Node.js process off by so many milliseconds, as the address of an import: what is loaded with
 * `NODE_OPTIONS=--import` is loaded into threads as well.
 */
export function shiftedClock(ms: number): string {
  const source = `
    const byMs = ${ms};
    const TrueDate = Date;
    globalThis.Date = class Date extends TrueDate {
      constructor(...args) { if (args.length === 0) super(TrueDate.now() + byMs); else super(...args); }
      static now() { return TrueDate.now() + byMs; }
    };
    Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + byMs });
  `;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
