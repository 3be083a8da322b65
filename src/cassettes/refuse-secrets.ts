import { HarnessError } from '../errors.ts';
import { decodeChunk } from './chunks.ts';
import { type Cassette, formatCassette } from './format.ts';
import type { Redactor } from './redact.ts';
import { cassettePath } from './store.ts';

/**
 * Throws `E_CASSETTE` when a redacted cassette still holds a secret: anywhere in the text of the file, or spread over several
 * chunks of a body, which are not altered across their borders because the borders are part of the recording.
 */
export function refuseSecrets(cassette: Cassette, redact: Redactor): void {
  const refuse = (what: string, where: string) => {
    throw new HarnessError(
      'E_CASSETTE',
      `refused to write ${cassettePath(cassette)}: ${where} holds ${what}. ` +
        'Nothing was written. Record again, or keep the secret out of what the scenario sends and receives',
    );
  };
  const inFile = redact.remains(formatCassette(cassette));
  if (inFile) refuse(inFile, 'its text');
  for (const [index, { chunks }] of cassette.exchanges.entries()) {
    const inBody = redact.remains(Buffer.concat(chunks.map(decodeChunk)).toString('latin1'));
    if (inBody) refuse(inBody, `the body of exchange ${index + 1}`);
  }
}
