import { describe } from '../contract/validate.ts';
import type { Breach, Check, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { failsAsExpected } from './expected-failure.ts';
import { answerOf, at, isAnswer, isObject, listAt, numberAt, skinOf, stringAt, succeeded } from './reading.ts';
import { providersOf, recordOf, sameProvider, selectedEndpoints } from './routing-evidence.ts';

function metadataOf(subject: Subject): unknown {
  return answerOf(subject)?.metadata;
}

/** Who served, and what proves it. */
export const routingChecks = [
  {
    id: 'routing.served-by',
    level: 'must',
    holds: 'Whatever names the provider that served names the expected one.',
    covers: ['guide.pin-provider', 'provider.only', 'provider.order', 'provider.names', 'byok.before-order'],
    applies: (subject) => subject.expect.servedBy !== undefined && isAnswer(subject),
    judge: (subject) => {
      const expected = subject.expect.servedBy ?? '';
      const stated = providersOf(subject);
      const wrong = stated
        .filter(({ provider }) => !sameProvider(provider, expected))
        .map(({ provider, where }) => ({ expected, actual: provider, where }));
      // `provider` in the body is always sent but not specified, so its absence alone is no breach of a promise. /responses has none.
      return subject.endpoint === 'responses' || stated.some(({ source }) => source === 'body')
        ? wrong
        : [...wrong, { expected, actual: 'absent', where: '/provider', level: 'should' }];
    },
  },
  {
    id: 'routing.model-asked-for',
    level: 'must',
    holds: 'The answer names the model that was asked for, or its dated name.',
    covers: ['guide.pin-provider'],
    // Without a scenario the name may be an old one that OpenRouter knows under a new.
    applies: (subject) => hasRoutingExpectation(subject) && isAnswer(subject) && askedFor(subject) !== undefined,
    judge: (subject) => {
      const asked = askedFor(subject) ?? '';
      const said = answerOf(subject)?.model ?? null;
      return said === null || said.startsWith(asked) || asked.startsWith(said)
        ? []
        : [{ expected: asked, actual: said, where: '/model' }];
    },
  },
  {
    id: 'routing.not-served-by',
    level: 'must',
    holds: 'Nothing names a provider that must not have served.',
    covers: ['provider.ignore', 'provider.only'],
    applies: (subject) => subject.expect.notServedBy !== undefined && isAnswer(subject),
    judge: (subject) => {
      const unwanted = subject.expect.notServedBy ?? '';
      return providersOf(subject)
        .filter(({ provider }) => sameProvider(provider, unwanted))
        .map(({ provider, where }) => ({ expected: `any provider but ${unwanted}`, actual: provider, where }));
    },
  },
  {
    id: 'routing.pin-proven-by-metadata',
    level: 'must',
    holds: 'The routing metadata shows one selected endpoint, the pinned provider’s, at the first attempt.',
    covers: ['guide.pin-provider', 'provider.only', 'provider.allow-fallbacks', 'metadata.routing'],
    applies: (subject) => subject.expect.pinned === true && isAnswer(subject),
    judge: (subject) => metadataBreaches(subject, subject.expect.servedBy),
  },
  {
    id: 'routing.pin-proven-by-record',
    level: 'must',
    holds: 'The generation record shows the pinned provider, and no other that answered.',
    covers: ['guide.pin-provider', 'provider.only', 'generation.record'],
    needs: ['generation'],
    applies: (subject) => subject.expect.pinned === true && isAnswer(subject),
    judge: (subject) => recordBreaches(subject, subject.expect.servedBy),
  },
  {
    id: 'routing.metadata-agrees',
    level: 'must',
    holds: 'The routing metadata names the provider that the answer names.',
    covers: ['metadata.routing'],
    // An answer that stands for a refusal has selected nothing.
    applies: (subject) =>
      isAnswer(subject) &&
      isObject(metadataOf(subject)) &&
      inBandErrors(subject).length === 0 &&
      !failsAsExpected(subject, 'shortened-answer'),
    judge: (subject) => {
      const selected = selectedEndpoints(subject);
      if (selected.length !== 1) {
        return [
          {
            expected: 'one selected endpoint',
            actual: String(selected.length),
            where: '/openrouter_metadata/endpoints/available',
          },
        ];
      }
      const provider = answerOf(subject)?.provider;
      return provider === null || provider === undefined
        ? []
        : selected
            .filter((endpoint) => !sameProvider(endpoint.provider, provider))
            .map((endpoint) => ({
              expected: `${provider}, as in /provider`,
              actual: endpoint.provider,
              where: endpoint.where,
            }));
    },
  },
  {
    id: 'routing.metadata-on-error',
    level: 'must',
    holds: 'Beside an error the routing metadata selects nothing and shows no attempt that succeeded.',
    covers: ['metadata.routing', 'errors.404'],
    applies: (subject) =>
      skinOf(subject) !== null && !succeeded(subject) && isObject(at(subject.exchange.json, 'openrouter_metadata')),
    judge: (subject) => {
      const metadata = at(subject.exchange.json, 'openrouter_metadata');
      const attempts = listAt(metadata, 'attempts');
      return [
        ...(numberAt(metadata, 'attempt') === 0 && attempts.length > 0
          ? [
              {
                expected: 'no attempts, as attempt is 0',
                actual: String(attempts.length),
                where: '/openrouter_metadata/attempts',
              },
            ]
          : []),
        ...selectedEndpoints(subject).map(({ provider, where }) => ({
          expected: 'no selected endpoint',
          actual: provider,
          where,
        })),
        ...attempts.flatMap((attempt, index) =>
          isSuccess(at(attempt, 'status'))
            ? [
                {
                  expected: 'an attempt that failed',
                  actual: `${stringAt(attempt, 'provider')} ${at(attempt, 'status')}`,
                  where: `/openrouter_metadata/attempts/${index}`,
                },
              ]
            : [],
        ),
      ];
    },
  },
] as const satisfies readonly Check[];

function hasRoutingExpectation({ expect }: Subject): boolean {
  return expect.servedBy !== undefined || expect.notServedBy !== undefined || expect.isByok !== undefined;
}

/** The only model the request names, without its variant; undefined where routers or fallbacks may choose another. */
function askedFor({ exchange }: Subject): string | undefined {
  const { body } = exchange.call;
  const model = stringAt(body, 'model')?.replace(/:.*$/, '');
  const chooses = at(body, 'models') !== undefined || at(body, 'fallbacks') !== undefined;
  return chooses || model?.startsWith('openrouter/') === true ? undefined : model;
}

function isSuccess(status: unknown): boolean {
  return typeof status === 'number' && status >= 200 && status < 300;
}

function metadataBreaches(subject: Subject, pinned: string | undefined): Breach[] {
  const root = '/openrouter_metadata';
  const metadata = metadataOf(subject);
  if (!isObject(metadata)) return [notProven('routing metadata', describe(metadata), root)];
  const selected = selectedEndpoints(subject);
  const attempt = numberAt(metadata, 'attempt');
  const attempts = listAt(metadata, 'attempts');
  const breaches: Breach[] = [];
  if (selected.length !== 1) {
    breaches.push(notProven('one selected endpoint', String(selected.length), `${root}/endpoints/available`));
  }
  for (const { provider, where } of selected) {
    if (pinned !== undefined && !sameProvider(provider, pinned))
      breaches.push({ expected: pinned, actual: provider, where });
  }
  if (attempt !== 1) breaches.push(notProven('attempt 1', describe(at(metadata, 'attempt')), `${root}/attempt`));
  if (attempts.length > 1) {
    const tried = attempts.map((one) => `${stringAt(one, 'provider')} ${at(one, 'status')}`).join(', ');
    breaches.push(notProven('one attempt', tried, `${root}/attempts`));
  }
  for (const [index, one] of attempts.entries()) {
    const provider = stringAt(one, 'provider') ?? '';
    const right = pinned === undefined || sameProvider(provider, pinned);
    if (right && isSuccess(at(one, 'status'))) continue;
    breaches.push({
      expected: `${pinned ?? 'the provider'} 200`,
      actual: `${provider} ${at(one, 'status')}`,
      where: `${root}/attempts/${index}`,
    });
  }
  return breaches;
}

function recordBreaches(subject: Subject, pinned: string | undefined): Breach[] {
  const record = recordOf(subject);
  if (record === undefined) {
    const status = subject.evidence.generation?.response?.status;
    return [
      notProven('a generation record', status === undefined ? 'none collected' : `status ${status}`, 'generation'),
    ];
  }
  const name = stringAt(record, 'provider_name');
  const breaches: Breach[] = [];
  if (name === undefined) {
    breaches.push(
      notProven(pinned ?? 'a provider', describe(record['provider_name']), 'generation /data/provider_name'),
    );
  } else if (pinned !== undefined && !sameProvider(name, pinned)) {
    breaches.push({ expected: pinned, actual: name, where: 'generation /data/provider_name' });
  }
  for (const [index, response] of listAt(record, 'provider_responses').entries()) {
    const provider = stringAt(response, 'provider_name');
    if (provider === undefined || pinned === undefined || sameProvider(provider, pinned)) continue;
    breaches.push({
      expected: `no provider but ${pinned}`,
      actual: `${provider} ${at(response, 'status')}`,
      where: `generation /data/provider_responses/${index}`,
    });
  }
  return breaches;
}

function notProven(expected: string, actual: string, where: string): Breach {
  return { expected, actual: `not proven: ${actual}`, where };
}
