/** `2026-11-23T12:00:00.000Z`, as the management API writes times. */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** `2026-11-23T12:00:00.123456+00:00`, as generation records write them. */
export function microTime(at: number): string {
  const micros = Math.floor((at % 1) * 1000);
  return `${new Date(at).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}+00:00`;
}
