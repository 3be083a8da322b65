import { type Paint, paintWith } from '../report/paint.ts';

/** Colours for a terminal, unless `NO_COLOR` is set (https://no-color.org). */
export function painter(stream: NodeJS.WriteStream): Paint {
  return paintWith(stream.isTTY === true && !process.env['NO_COLOR']);
}
