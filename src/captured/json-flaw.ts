const atom = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const blanks = /[ \t\r\n]*/y;
const stringEnd = /["\\\p{Cc}]/gu;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expecting = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'end';

/**
 * Index of the first character that cannot stand where it does in a JSON text, its length when the text ends too early, null
 * when it is sound. The message of `JSON.parse` tells the place of some mistakes only, and quotes what stands around it.
 */
export function jsonFlaw(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expecting: Expecting = 'value';
  let index = afterBlanks(text, 0);
  while (index < text.length) {
    const char = text[index] ?? '';
    const afterValue: Expecting = open.length === 0 ? 'end' : 'comma';
    if (closes(char, open.at(-1), expecting)) {
      open.pop();
      expecting = open.length === 0 ? 'end' : 'comma';
      index += 1;
    } else if (expecting === 'comma' || expecting === 'colon') {
      if (char !== (expecting === 'comma' ? ',' : ':')) return index;
      expecting = expecting === 'comma' && open.at(-1) === '{' ? 'key' : 'value';
      index += 1;
    } else if (expecting === 'end') {
      return index;
    } else if (char === '"') {
      const string = endOfString(text, index);
      if (!string.sound) return string.index;
      expecting = expecting.endsWith('key') ? 'colon' : afterValue;
      index = string.index;
    } else if (expecting.endsWith('key')) {
      return index;
    } else if (char === '{' || char === '[') {
      open.push(char);
      expecting = char === '{' ? 'first key' : 'first value';
      index += 1;
    } else {
      atom.lastIndex = index;
      if (!atom.test(text)) return index;
      expecting = afterValue;
      index = atom.lastIndex;
    }
    index = afterBlanks(text, index);
  }
  return expecting === 'end' ? null : text.length;
}

function closes(char: string, innermost: '{' | '[' | undefined, expecting: Expecting): boolean {
  if (innermost === '{') return char === '}' && (expecting === 'comma' || expecting === 'first key');
  return innermost === '[' && char === ']' && (expecting === 'comma' || expecting === 'first value');
}

function afterBlanks(text: string, index: number): number {
  blanks.lastIndex = index;
  blanks.test(text);
  return blanks.lastIndex;
}

function endOfString(text: string, start: number): { index: number; sound: boolean } {
  stringEnd.lastIndex = start + 1;
  for (let found = stringEnd.exec(text); found !== null; found = stringEnd.exec(text)) {
    if (found[0] === '"') return { index: stringEnd.lastIndex, sound: true };
    // Of the control characters JSON forbids those below the blank only.
    if (found[0] > '\u001f' && found[0] !== '\\') continue;
    escapeSequence.lastIndex = found.index;
    if (!escapeSequence.test(text)) return { index: found.index, sound: false };
    stringEnd.lastIndex = escapeSequence.lastIndex;
  }
  return { index: text.length, sound: false };
}
