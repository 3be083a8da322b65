/** Up to six letters or digits, or one other character, with the blank before it. */
const TOKEN = /\s?[\p{L}\p{M}\p{N}]{1,6}|\s?[^\p{L}\p{M}\p{N}\s]|\s/gu;

/** Cuts `text` into the stand-in's tokens; joined they are the text again. No character is cut. */
export function tokenize(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

export function countTokens(text: string): number {
  return tokenize(text).length;
}
