const longest = 200;

/** The beginning of a text, marked when it was cut. Never ends inside a character. */
export function excerpt(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
}
