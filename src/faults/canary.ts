import { cut } from '../sandbox/interference.ts';
import type { Fault } from './fault.ts';

/** So wrong that whoever does not notice it looks at nothing at all. */
export const canary: Fault = {
  name: 'canary',
  says: 'The answer is a plain lie: another status, another type, and nonsense that breaks off.',
  trips: ['response.complete', 'response.error-has-message', 'response.status-expected', 'response.well-formed'],
  touches: ['byok/own-key-pays [json]'],
  status: () => 418,
  headers: (headers) => ({ ...headers, 'content-type': 'application/json' }),
  bytes: () => ['{"tweet":', cut],
};
