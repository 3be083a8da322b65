import { answered, type Check, contentIsJsonFor, onOwnKey, pin, say, scenario } from 'byok-conformance';

const summary = {
  type: 'object',
  properties: { title: { type: 'string' }, words: { type: 'integer' } },
  required: ['title', 'words'],
  additionalProperties: false,
} as const;

/** A check of our own: what we promise our users, not what OpenRouter promises us. */
const startsSoon: Check = {
  id: 'own.starts-within-5-s',
  level: 'should',
  holds: 'The answer begins within five seconds.',
  covers: ['api.transport'],
  judge({ exchange }) {
    const { firstContent, total } = exchange.timing;
    const ms = Math.round(firstContent ?? total);
    return ms <= 5_000 ? [] : [{ expected: 'at most 5000 ms', actual: `${ms} ms`, where: 'first content' }];
  },
};

scenario({
  id: 'summaries/fit-our-schema',
  says: 'A summary is JSON that our front end can show.',
  proves: ['api.structured-outputs'],
  requires: ['response_format', 'structured_outputs'],
  steps: [
    answered(
      say('Summarise: the quick brown fox jumps over the lazy dog.', {
        provider: pin,
        max_tokens: 2_048,
        response_format: { type: 'json_schema', json_schema: { name: 'summary', strict: true, schema: summary } },
      }),
      onOwnKey,
      { checks: [contentIsJsonFor(summary), startsSoon] },
    ),
  ],
});
