/**
 * The errors the guide names, each beside a request that succeeds: a server that refuses everything proves nothing.
 * https://openrouter.ai/docs/api_reference/errors-and-debugging and the guide's troubleshooting.
 */
import { answered, get, onOwnKey, pin, refused, say, scenario } from '../src/index.ts';

const ask = say('Reply with exactly: ok', { provider: pin });
const valid = answered(ask, onOwnKey);

scenario({
  id: 'errors/no-key',
  says: 'Without a key: 401.',
  proves: ['errors.401', 'errors.envelope', 'errors.code-is-status'],
  steps: [refused(ask, { status: [401] }, { given: 'no-key' }), valid],
});

scenario({
  id: 'errors/unknown-key',
  says: 'With a key nobody issued: 401.',
  proves: ['errors.401'],
  steps: [refused(ask, { status: [401] }, { given: 'unknown-key' }), valid],
});

scenario({
  id: 'errors/disabled-key',
  says: 'With a disabled key: 401.',
  proves: ['errors.401'],
  steps: [refused(ask, { status: [401] }, { given: 'disabled-key' }), valid],
});

scenario({
  id: 'errors/unknown-key-at-key',
  says: 'A key is refused where it is asked about itself: 401.',
  proves: ['errors.401', 'api.key'],
  scope: 'account',
  modes: 'none',
  steps: [refused(get('/key'), { status: [401] }, { given: 'unknown-key' }), answered(get('/key'))],
});

scenario({
  id: 'errors/no-credits',
  says: 'Without credits: 402, although the provider would be paid directly.',
  proves: ['guide.402-no-credits', 'errors.402'],
  sandboxOnly: 'it takes a second account without credits',
  steps: [refused(ask, { status: [402], message: /credits/i }, { given: 'no-credits' }), valid],
});

scenario({
  id: 'errors/key-limit-reached',
  says: 'Past the limit of the key: 402 as documented, or 403 as seen.',
  proves: ['errors.402'],
  steps: [refused(ask, { status: [402, 403], message: /limit|credits/i }, { given: 'key-limit-zero' }), valid],
});

scenario({
  id: 'errors/provider-ignored',
  says: 'With io.net ignored in the settings: 404, with the remedy.',
  proves: ['guide.404-ignored', 'errors.404'],
  steps: [refused(ask, { status: [404, 403] }, { given: 'provider-ignored' }), valid],
});

scenario({
  id: 'errors/provider-not-allowed',
  says: 'With io.net not among the allowed providers: 404, or 403 from a guardrail.',
  proves: ['guide.404-not-allowed', 'errors.404'],
  steps: [refused(ask, { status: [404, 403] }, { given: 'provider-not-allowed' }), valid],
});

scenario({
  id: 'errors/provider-refuses-key-401',
  says: 'io.net’s 401 for the customer’s key reaches the customer when the key is always used.',
  proves: ['guide.401-403-refused', 'guide.always-use'],
  steps: [refused(ask, { status: [401] }, { given: 'byok-invalid-always-used' }), valid],
});

scenario({
  id: 'errors/provider-refuses-key-403',
  says: 'io.net’s 403 for the customer’s key reaches the customer when the key is always used.',
  proves: ['guide.401-403-refused', 'guide.always-use'],
  steps: [refused(ask, { status: [403] }, { given: 'byok-forbidden-always-used' }), valid],
});

scenario({
  id: 'errors/provider-limits-key-429',
  says: 'io.net’s 429 for the customer’s key reaches the customer when the key is always used.',
  proves: ['errors.429', 'guide.always-use'],
  steps: [refused(ask, { status: [429] }, { given: 'byok-exhausted-always-used' }), valid],
});

scenario({
  id: 'errors/unknown-model',
  says: 'A model nobody has: 400.',
  proves: ['errors.envelope', 'errors.code-is-status'],
  steps: [refused(say('Reply with exactly: ok', { model: 'acme/no-such-model' }), { status: [400, 404] }), valid],
});
